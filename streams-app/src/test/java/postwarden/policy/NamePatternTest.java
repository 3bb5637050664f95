package postwarden.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "192.0.2.0/24, 192.0.2.255",
        "0.0.0.0/0, 203.0.113.9",
        "2001:db8::/32, 2001:db8:1:2::/64",
        "2001:db8:1:2::/64, 2001:db8:1:2::/64",
        "2001:DB8:1:2::/64, 2001:db8:1:2:0:0:0:0",
        "*, ''",
        "**, anything",
        "*@example.com, Alice@Example.com",
        "mx*.example.com, mx10.example.com",
        "*ab*ab*, xxababyy",
        "a*b, ab",
    })
    void means(String pattern, String name) {
        assertThat(new NamePattern(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.70",
        "192.0.2.0/24, 192.0.3.1",
        "192.0.2.0/25, 192.0.2.128",
        "2001:db8::/33, 2001:db8:8000::/64",
        "2001:db8:1::/48, 2001:db8::/32",
        "0.0.0.0/0, 2001:db8::1",
        "192.0.2.0/24, alice@example.com",
        "*@example.com, ''",
        "*@example.com, alice@example.com.evil.test",
        "a*b, acbd",
        "mx1, ''",
    })
    void does_not_mean(String pattern, String name) {
        assertThat(new NamePattern(pattern).matches(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\tb",
                "*********",
                "192.0.2.0/240",
                "10.0.0.0/99",
                "2001:db8::/129",
                "10.0.0/8",
                "10.0.0.0/"
            })
    void refuses(String text) {
        assertThatThrownBy(() -> new NamePattern(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_worst_pattern_over_the_longest_name_takes_no_time() {
        NamePattern worst = new NamePattern("*" + "a".repeat(30) + "*" + "a".repeat(200) + "b");

        Assertions.assertTimeout(
                Duration.ofSeconds(2),
                () -> assertThat(worst.matches("a".repeat(32_000))).isFalse());
    }
}
