package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Binomial tails, by the book. */
class OddsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0.5, 1",
        "1, 10, 0.5, 0.9990234375",
        "10, 10, 0.5, 0.0009765625",
        "4, 100, 0.02, 0.14104",
        "11, 10, 0.5, 0",
        "1, 10, 0, 0",
        "3, 10, 1, 1",
        "1, 0, 0.5, 0"
    })
    void is_the_probability_of_so_many_or_more(long some, long all, double share, double probability) {
        // When / Then
        assertThat(Odds.atLeast(some, all, share)).isCloseTo(probability, within(1e-5));
    }
}
