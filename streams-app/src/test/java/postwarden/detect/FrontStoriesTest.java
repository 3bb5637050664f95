package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.incident.Alert;

/** Machines of ours through which everybody logs in, so that the log shows one address for all of them. */
class FrontStoriesTest {
    private static final int PEOPLE = 150;
    private static final Duration MORNING = Duration.ofHours(26);

    private final MailHost host = new MailHost("mx1");

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.2", "127.0.0.1"})
    void guesses_at_the_people_behind_it_are_told_with_how_to_see_who_guesses(String front) {
        // Given
        works(front, MORNING.plusHours(3));
        refused(front, MORNING, Duration.ofHours(1), 1500);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("brute-force");
        assertThat(alerts).extracting(Alert::severity).containsOnly(Severity.MEDIUM);
        assertThat(alerts).extracting(Alert::cause).containsOnly("PASSWORD_GUESSING");
        assertThat(alerts.get(0).lastSeen())
                .isBefore(MailHost.START.plus(MORNING).plus(Duration.ofMinutes(40)));
        assertThat(alerts.get(0).advice()).flatExtracting(Advice::steps).anyMatch(step -> step.contains("send-proxy"));
    }

    @Test
    void three_times_as_many_mistakes_as_ever_are_a_monday() {
        works("10.0.0.2", MORNING.plusHours(3));
        refused("10.0.0.2", MORNING, Duration.ofHours(2), 120);
        assertThat(host.told()).isEmpty();
    }

    @Test
    void a_service_that_refuses_everybody_is_not_guessed_at() {
        works("10.0.0.2", MORNING);
        refused("10.0.0.2", MORNING, Duration.ofMinutes(40), 1200);
        works("10.0.0.2", MORNING.plusMinutes(40), MORNING.plusHours(3));
        assertThat(host.told()).isEmpty();
    }

    private void works(String front, Duration to) {
        works(front, Duration.ZERO, to);
    }

    /** Somebody reads every ten seconds, and one in fifty mistypes. */
    private void works(String front, Duration from, Duration to) {
        for (long at = from.toSeconds(); at < to.toSeconds(); at += 10) {
            String who = "user" + at / 10 % PEOPLE + "@example.com";
            if (at / 10 % 50 == 7) {
                host.refusesLogin(Duration.ofSeconds(at), who, front);
            } else {
                host.letsIn(Duration.ofSeconds(at), who, front);
            }
        }
    }

    private void refused(String front, Duration from, Duration length, int times) {
        for (int i = 0; i < times; i++) {
            host.refusesLogin(
                    from.plus(length.multipliedBy(i).dividedBy(times)),
                    "user" + i * 7 % PEOPLE + "@example.com",
                    front);
        }
    }
}
