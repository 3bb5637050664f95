package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import postwarden.detect.MailHost.Outcome;
import postwarden.incident.Alert;

/** How bad a stolen account is said to be while it sends, and after. */
class HijackSeverityTest {
    private static final String ANNA = "anna@example.com";
    private static final Duration LATER = Duration.ofHours(30);

    private final MailHost host = new MailHost("mx1").owner(ANNA, "192.0.2.10");

    @Test
    void what_was_sure_enough_to_stop_an_account_stays_so_while_it_lasts() {
        // Given a share of unknown recipients that stands at its floor, now above and now below
        sends(LATER, Duration.ofHours(6), 240, i -> Set.of(0, 7, 20, 29).contains(i % 41));

        // When
        List<Severity> told = told();

        // Then
        assertThat(told).contains(Severity.CRITICAL);
        assertThat(told.subList(told.indexOf(Severity.CRITICAL), told.size())).containsOnly(Severity.CRITICAL);
    }

    @Test
    void nobody_becomes_a_thief_who_sends_no_more() {
        // Given a share below the floor while it lasts, which the last messages of the hour are above
        sends(LATER, Duration.ofHours(2), 800, i -> i % 20 == 0 || (i > 700 && i % 8 == 0));
        host.submits(LATER.plusMinutes(150), ANNA, "192.0.2.10", Outcome.SENT, "friend1@example.org");
        host.submits(LATER.plusMinutes(200), ANNA, "192.0.2.10", Outcome.SENT, "friend2@example.org");

        // When
        List<Severity> told = told();

        // Then
        assertThat(told).contains(Severity.MEDIUM).doesNotContain(Severity.CRITICAL);
    }

    @Test
    void whose_mail_others_wait_behind_is_no_second_page_beside_the_theft() {
        // Given
        for (int i = 0; i < 400; i++) {
            String name = "person" + i % 6 + "@example.com";
            host.submits(LATER.minusMinutes(500 - i), name, "192.0.2.20", Outcome.SENT, "friend@example.org");
        }
        sends(LATER, Duration.ofMinutes(14), 300, i -> i % 3 == 0);

        // When / Then
        assertThat(host.told())
                .containsEntry("compromised-account", Severity.CRITICAL)
                .doesNotContainKey("dominant-sender");
    }

    private void sends(Duration from, Duration length, int messages, IntPredicate unknown) {
        for (int i = 0; i < messages; i++) {
            host.submits(
                    from.plus(length.multipliedBy(i).dividedBy(messages)),
                    ANNA,
                    "203.0.113.5",
                    unknown.test(i) ? Outcome.UNKNOWN : Outcome.SENT,
                    "stranger" + i + "@example" + i % 30 + ".net");
        }
    }

    private List<Severity> told() {
        return host.verdicts().stream().map(Alert::severity).toList();
    }
}
