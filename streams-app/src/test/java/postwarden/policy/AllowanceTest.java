package postwarden.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowanceTest {
    private static final Instant FROM = Instant.parse("2026-11-21T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bad id | * | 192.0.2.7 | * | noc | test | 1 | id must be",
                "ok | * | * | * | noc | test | 1 | narrower",
                "ok | * | 192.0.2.7 | * | '' | test | 1 | owner",
                "ok | * | 192.0.2.7 | * | noc | ' ' | 1 | reason",
                "ok | * | 192.0.2.7 | * | noc | test | 0 | after",
                "ok | * | 192.0.2.7 | * | noc | test | 367 | 366 days",
                "ok | * | a b | * | noc | test | 1 | blanks",
            })
    void refuses(
            String id, String detector, String entity, String host, String owner, String reason, int days, String why) {
        assertThatThrownBy(() -> new Allowance(
                        id,
                        "default",
                        new NamePattern(detector),
                        new NamePattern(entity),
                        new NamePattern(host),
                        owner,
                        reason,
                        FROM,
                        FROM.plus(Duration.ofDays(days))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void one_that_is_taken_back_still_covers_what_came_before() {
        // Given
        Allowance allowance = new Allowance(
                "probe",
                "default",
                NamePattern.ANYTHING,
                new NamePattern("192.0.2.7"),
                NamePattern.ANYTHING,
                "noc",
                "test",
                FROM,
                FROM.plus(Duration.ofDays(10)));

        // Then
        assertThat(allowance.endingAt(FROM.plusSeconds(60)).until()).isEqualTo(FROM.plusSeconds(60));
        assertThat(allowance.endingAt(FROM.minusSeconds(60)).until()).isAfter(FROM);
        assertThat(allowance.endingAt(FROM.plus(Duration.ofDays(11)))).isEqualTo(allowance);
    }
}
