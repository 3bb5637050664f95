package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import postwarden.detect.MailHost.Outcome;
import postwarden.incident.Alert;

/** A host has many mailboxes and senders: what happens to two of them is two incidents, each with its own name, course and end. */
class SeveralAtOnceTest {
    private static final Duration LATER = Duration.ofHours(2);

    private final MailHost host = new MailHost("mx1");

    @Test
    void two_mailboxes_that_are_buried_are_two_incidents_and_each_ends_by_itself() {
        // Given
        bury("first@two.example", LATER, 300);
        bury("second@two.example", LATER.plusMinutes(4), 900);
        everyday(LATER.plusHours(2));

        // When
        Map<String, List<Alert>> stories = stories("email-bombing");

        // Then
        assertThat(stories).hasSize(2);
        stories.values().forEach(story -> {
            String victim = story.get(0).subject().recipient();
            assertThat(story).allMatch(alert -> alert.title().startsWith(victim));
            assertThat(story.get(story.size() - 1).state()).isEqualTo(Alert.State.RESOLVED);
        });
        assertThat(ends(stories, "first@two.example")).isBefore(ends(stories, "second@two.example"));
    }

    @Test
    void two_pairs_of_programs_that_answer_each_other_are_two_incidents() {
        // Given
        for (int i = 0; i < 60; i++) {
            Duration at = LATER.plusSeconds(20L * i);
            for (String who : List.of("a", "b")) {
                host.receives(at, "198.51.100.9", who + "@one.example", who + i + "@one.example", who + "@two.example");
                host.pickedUp(at.plusSeconds(2), 5000, who + "@two.example", Outcome.SENT, who + "@one.example");
            }
        }

        // When
        Map<String, List<Alert>> stories = stories("mail-loop");

        // Then
        assertThat(stories).hasSize(2);
        stories.values().forEach(story -> {
            String who = story.get(0).subject().sender().substring(0, 1);
            assertThat(story)
                    .allMatch(alert -> alert.title().contains(who + "@one.example and " + who + "@two.example"));
        });
    }

    @Test
    void a_sender_that_follows_another_is_an_incident_of_its_own() {
        // Given
        everyday(LATER.plusHours(1));
        run("first@example.com", LATER);
        run("second@example.com", LATER.plusMinutes(12));

        // When
        Map<String, List<Alert>> stories = stories("dominant-sender");

        // Then
        assertThat(stories).hasSize(2);
        stories.values()
                .forEach(story -> assertThat(story)
                        .allMatch(alert ->
                                alert.title().startsWith(story.get(0).subject().sender())));
    }

    private static java.time.Instant ends(Map<String, List<Alert>> stories, String victim) {
        return stories.values().stream()
                .filter(story -> story.get(0).subject().recipient().equals(victim))
                .map(story -> story.get(story.size() - 1).detectedAt())
                .findFirst()
                .orElseThrow();
    }

    /** What was told of each incident of the detector, in order. */
    private Map<String, List<Alert>> stories(String detector) {
        return host.verdicts().stream()
                .filter(alert -> alert.detector().equals(detector))
                .collect(Collectors.groupingBy(Alert::incidentId));
    }

    private void bury(String victim, Duration from, int messages) {
        Random random = new Random(victim.hashCode());
        for (int i = 0; i < messages; i++) {
            host.receives(
                    from.plusMillis(2000L * i + random.nextInt(2000)),
                    "198.51.100." + i % 200,
                    "list@shop" + i % 170 + ".example",
                    victim.charAt(0) + "w" + i + "@shop.example",
                    victim);
        }
    }

    private void run(String sender, Duration from) {
        for (int i = 0; i < 600; i++) {
            host.submits(from.plusMillis(1000L * i), sender, "192.0.2.7", Outcome.BUSY, "r" + i + "@far.example");
        }
    }

    /** A message of each of twenty people, one after the other. */
    private void everyday(Duration until) {
        for (long second = 0; second < until.toSeconds(); second += 15) {
            host.submits(
                    Duration.ofSeconds(second),
                    "user" + second / 15 % 20 + "@example.com",
                    "192.0.2.8",
                    Outcome.SENT,
                    "friend@far.example");
        }
    }
}
