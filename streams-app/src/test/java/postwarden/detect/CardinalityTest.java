package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import postwarden.detect.cardinality.CardinalityDetector;
import postwarden.detect.cardinality.CardinalityParams;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

class CardinalityTest {
    private static final Detector DETECTOR = new CardinalityDetector(CardinalityParams.defaults());

    private int name;

    @Test
    void senders_that_come_once_each_are_a_finding_within_minutes() {
        // Given twenty invented senders a second
        List<Finding> findings = assess(pane -> message(pane, 200, true));

        // Then
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).cause()).isEqualTo("RANDOM_SENDERS");
        assertThat(findings.get(0).measures())
                .hasEntrySatisfying("senders", senders -> assertThat(senders).isBetween(9_500.0, 11_000.0));
        assertThat(findings.get(0).subject().server()).isEqualTo("mx1");
    }

    @Test
    void accounts_that_are_tried_from_a_list_are_a_finding() {
        List<Finding> findings = assess(pane -> {
            for (int i = 0; i < 50; i++) {
                pane.add(Count.AUTH_FAILURES, 1).note(Distinct.FAILURE_ACCOUNTS, "user" + name++ + "@example.com");
            }
        });

        assertThat(findings).extracting(Finding::cause).contains("RANDOM_ACCOUNTS");
    }

    @Test
    void many_messages_of_the_same_senders_are_none() {
        assertThat(assess(pane -> message(pane, 2000, false))).isEmpty();
    }

    @Test
    void a_newsletter_with_an_address_for_each_bounce_is_none() {
        // Given five thousand recipients in ten minutes
        assertThat(assess(pane -> message(pane, 80, true))).isEmpty();
    }

    private void message(Tally pane, int messages, boolean invented) {
        for (int i = 0; i < messages; i++) {
            String sender = invented ? "x" + name++ + "@example.com" : "person" + i % 300 + "@example.com";
            pane.add(Count.MESSAGES, 1).note(Distinct.SENDERS, sender);
        }
    }

    private static List<Finding> assess(Consumer<Tally> events) {
        return Scenario.of(Watch.SERVER, "mx1")
                .during(Duration.ZERO, Duration.ofMinutes(15), "mx1", events)
                .assess(DETECTOR);
    }
}
