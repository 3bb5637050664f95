package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import postwarden.detect.MailHost.Outcome;

/** How soon thefts are told, of twenty that differ; a seed of which nothing is told is printed. */
class TheftRatesTest {
    private static final String ANNA = "anna@example.com";
    private static final String HOME = "192.0.2.10";
    private static final Duration LATER = Duration.ofHours(6);

    @Test
    void two_hundred_recipients_in_ten_minutes_are_an_alert_within_five_in_nine_of_ten_thefts() {
        // Given
        List<Duration> times = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            MailHost each = new MailHost("mx1").owner(ANNA, HOME);
            if (random.nextBoolean()) {
                guessed(each, LATER.minusMinutes(20), 15 + random.nextInt(20));
            }
            int places = 1 + random.nextInt(7);
            theft(each, random, LATER, Duration.ofMinutes(10), 200, places, 0.1 + 0.2 * random.nextDouble());

            // When
            times.add(untilTold(each, "seed " + seed));
        }

        // Then
        Collections.sort(times);
        assertThat(times.get(17)).isLessThanOrEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void twenty_an_hour_after_guesses_are_an_alert_within_the_hour_in_nine_of_ten_thefts() {
        // Given
        List<Duration> times = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            MailHost each = new MailHost("mx1").owner(ANNA, HOME);
            guessed(each, LATER.minusMinutes(20), 15 + random.nextInt(20));
            theft(each, random, LATER, Duration.ofHours(3), 60, 1 + random.nextInt(7), 0.1 + 0.2 * random.nextDouble());

            // When
            times.add(untilTold(each, "seed " + seed));
        }

        // Then
        Collections.sort(times);
        assertThat(times.get(17)).isLessThanOrEqualTo(Duration.ofHours(1));
    }

    private static void guessed(MailHost on, Duration from, int sources) {
        for (int i = 0; i < sources; i++) {
            on.refusesLogin(from.plusSeconds(40L * i), ANNA, "198.51.100." + i);
        }
    }

    private static void theft(
            MailHost on, Random random, Duration from, Duration length, int recipients, int places, double dead) {
        for (int i = 0; i < recipients; i++) {
            on.submits(
                    from.plus(length.multipliedBy(i).dividedBy(recipients)),
                    ANNA,
                    "203.0." + random.nextInt(places) + ".7",
                    random.nextDouble() < dead
                            ? Outcome.UNKNOWN
                            : random.nextInt(12) == 0 ? Outcome.SPAM : Outcome.SENT,
                    "stranger" + i + "@example" + random.nextInt(50) + ".net");
        }
    }

    private static Duration untilTold(MailHost each, String story) {
        return each.verdicts().stream()
                .filter(alert -> alert.severity().compareTo(Severity.MEDIUM) >= 0)
                .filter(alert -> alert.detector().equals("compromised-account"))
                .map(alert -> Duration.between(MailHost.START.plus(LATER), alert.detectedAt()))
                .findFirst()
                .orElseGet(() -> {
                    System.out.println(story + ": no alert");
                    return Duration.ofDays(1);
                });
    }
}
