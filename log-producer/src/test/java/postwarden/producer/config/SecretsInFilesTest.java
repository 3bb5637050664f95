package postwarden.producer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.AgentConfig;

/** Where secrets may stand, and what is refused because others could read or change what is sent. */
class SecretsInFilesTest {
    private static final String REST = "sources = [{ path = /a }]\nkafka.bootstrap.servers = \"k:1\"\n";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_setting_can_stand_in_a_file_of_its_own() throws IOException {
        // Given
        Path password = file("password", "s3cret\n", "r--------");

        // When
        AgentConfig config = read(REST + "secrets.ssl.keystore.password = " + password, "rw-r--r--");

        // Then
        assertThat(config.publish().kafka()).containsEntry("ssl.keystore.password", "s3cret");
    }

    @Test
    void a_file_with_a_secret_that_others_may_read_is_refused() throws IOException {
        // Given
        Path open = file("open", "s3cret", "rw-r-----");
        Path key = file("client.pem", "a private key", "rw-r--r--");

        // When
        assertThatThrownBy(() -> read(
                        REST + "secrets.ssl.key.password = " + open + "\nkafka.ssl.keystore.location = " + key
                                + "\nsecrets.sasl.jaas.config = " + folder.resolve("none"),
                        "rw-r--r--"))
                // Then
                .hasMessageContaining("secrets.ssl.key.password: " + open
                        + ": open to others than its owner (rw-r-----): chmod 0400 " + open)
                .hasMessageContaining("kafka.ssl.keystore.location: " + key
                        + ": open to others than its owner (rw-r--r--): chmod 0400 " + key)
                .hasMessageContaining("secrets.sasl.jaas.config: " + folder.resolve("none") + ": no such file");
    }

    @Test
    void a_secret_in_the_configuration_itself_needs_a_configuration_that_nobody_else_may_read() throws IOException {
        // Given
        String text =
                REST + "kafka.ssl.key.password = s3cret\nkafka.schema.registry.url = \"http://me:s3cret@r:8081\"\n";

        // When
        AgentConfig config = read(text, "rw-------");

        // Then
        assertThat(config.publish().kafka()).containsEntry("ssl.key.password", "s3cret");
        assertThatThrownBy(() -> read(text, "rw-r--r--"))
                .hasMessageContaining("kafka.ssl.key.password: a secret, and ")
                .hasMessageContaining("kafka.schema.registry.url: a secret, and ")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void secrets_that_stand_within_the_settings_of_kafka_are_refused() {
        assertThatThrownBy(() -> read(REST + "kafka.secrets.sasl.jaas.config = /etc/postwarden/jaas", "rw-------"))
                .hasMessage("kafka.secrets.sasl.jaas.config: secrets is a block beside kafka, not within it");
    }

    @Test
    void a_setting_that_is_given_twice_is_refused() throws IOException {
        // Given
        Path password = file("password", "s3cret\n", "r--------");

        // When
        assertThatThrownBy(() -> read(
                        REST + "secrets.ssl.key.password = " + password + "\nkafka.ssl.key.password = other",
                        "rw-------"))
                // Then
                .hasMessage("secrets.ssl.key.password: kafka.ssl.key.password is given too: which of them?");
    }

    @Test
    void settings_that_let_others_in_are_refused_unless_dev_accepts_them() throws IOException {
        // Given
        Path trust = file("trust.pem", "certificates", "rw-rw-r--");
        String text = REST + """
                kafka { security.protocol = SASL_SSL, ssl.enabled.protocols = "TLSv1.3,TLSv1.1"
                  ssl.endpoint.identification.algorithm = "" }
                """;

        // When
        assertThatThrownBy(() -> read(text + "kafka.ssl.truststore.location = " + trust, "rw-r--r--"))
                // Then
                .hasMessageContaining("kafka.ssl: TLSv1.1 is refused")
                .hasMessageContaining("kafka.ssl.endpoint.identification.algorithm is empty, which is refused")
                .hasMessageContaining(
                        "kafka.ssl.truststore.location: " + trust + ": others than its owner may change it");
        assertThatThrownBy(() -> read(
                        REST + "kafka { security.protocol = SASL_PLAINTEXT, sasl.mechanism = PLAIN }", "rw-r--r--"))
                .hasMessageContaining("kafka.sasl.mechanism = PLAIN is refused without TLS");
        assertThat(read(text + "dev = true", "rw-r--r--").operation().dev()).isTrue();
    }

    private AgentConfig read(String text, String mode) throws IOException {
        return ConfigFile.read(file("producer.conf", text, mode), "mx1", false);
    }

    private Path file(String name, String text, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
