package postwarden.detect.reading;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5        | 1000 | 100000000 | must be from 1000 to 100000000, not 5",
                "0.51     | 0.01 | 0.5       | must be from 0.01 to 0.5, not 0.51",
                "NaN      | 1    | 2         | must be from 1 to 2, not NaN",
                "Infinity | 1    | 2         | must be from 1 to 2, not Infinity",
            })
    void a_number_outside_is_said_as_a_person_writes_it(double value, double least, double most, String said) {
        assertThatThrownBy(() -> Range.check("some.setting", value, least, most))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("some.setting " + said);
    }

    @Test
    void a_time_outside_is_said_as_the_configuration_has_it() {
        assertThatThrownBy(() -> Range.check(
                        "some.setting", Duration.ofSeconds(-1), Duration.ofMillis(10), Duration.ofHours(26)))
                .hasMessage("some.setting must be from 10 ms to 26 h, not -1 s");
        assertThatThrownBy(() ->
                        Range.check("some.setting", Duration.ofSeconds(90), Duration.ofMinutes(2), Duration.ofDays(1)))
                .hasMessage("some.setting must be from 2 m to 1 d, not 90 s");
    }
}
