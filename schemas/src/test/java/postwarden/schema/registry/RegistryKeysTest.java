package postwarden.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A configuration gives a registry or an error that names the key. */
class RegistryKeysTest {

    @Test
    void several_urls_may_be_given() {
        // When
        try (Registry registry =
                RegistryKeys.registry(Map.of("schema.registry.url", "http://one:8081, https://two/path/"))) {
            // Then
            assertThat(registry.name()).isEqualTo("http://one:8081,https://two/path");
        }
    }

    @Test
    void a_mock_url_is_the_same_registry_for_the_same_scope() {
        // Given
        Map<String, String> configuration = Map.of("schema.registry.url", "mock://keys");

        // When
        Registry one = RegistryKeys.registry(configuration);
        Registry two = RegistryKeys.registry(configuration);

        // Then
        assertThat(one).isSameAs(two);
    }

    @ParameterizedTest
    @CsvSource({
        "schema.registry.url,",
        "schema.registry.url, ftp://one",
        "schema.registry.url, one:8081",
        "schema.registry.url, http://user:secret@ one",
        "basic.auth.credentials.source, SASL_INHERIT",
        "basic.auth.credentials.source, USER_INFO",
        "postwarden.registry.wait.ms, -2",
        "postwarden.registry.request.timeout.ms, 0",
        "postwarden.registry.retry.backoff.max.ms, 1"
    })
    void a_wrong_value_is_an_error_that_names_the_key_and_no_password(String key, @Nullable String value) {
        // Given
        Map<String, Object> configuration = new HashMap<>(Map.of("schema.registry.url", "http://one"));
        configuration.put(key, value == null ? "" : value);

        // When, Then
        assertThatThrownBy(() -> RegistryKeys.registry(configuration))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key.substring(0, key.indexOf('.')))
                .hasMessageNotContaining("secret");
    }
}
