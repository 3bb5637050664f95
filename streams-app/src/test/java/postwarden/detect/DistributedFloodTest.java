package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.detect.distributedflood.DistributedFloodDetector;
import postwarden.detect.distributedflood.DistributedFloodParams;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Pane;
import postwarden.tally.Prior;
import postwarden.tally.Watch;

/** Many clients against one host: a crowd of strangers, and what only looks like one. */
class DistributedFloodTest {
    private static final double HOUR = 3600;

    private final DistributedFloodDetector detector = new DistributedFloodDetector(DistributedFloodParams.defaults());

    @ParameterizedTest
    @ValueSource(ints = {1200, 3000, 6000})
    void a_crowd_of_strangers_that_bring_nothing_is_a_flood_within_minutes(int connectsPerMinute) {
        // Given
        LogStory story = ordinaryHour();
        crowd(story, connectsPerMinute, 900, "commands=0/0");

        // When
        List<Finding> findings = assess(story);

        // Then
        Finding first = findings.get(0);
        assertThat(first.severity()).isEqualTo(Severity.HIGH);
        assertThat(first.cause()).isEqualTo("MANY_SOURCES");
        assertThat(first.subject().server()).isEqualTo("mx1");
        assertThat(first.subject().client()).isEmpty();
        assertThat(first.onset()).isBetween(Scenario.START.plusSeconds(3500), Scenario.START.plusSeconds(3620));
        assertThat(first.pane() - Pane.of(Scenario.START))
                .as("within three minutes")
                .isLessThanOrEqualTo(360 + 18);
        assertThat(first.advice().get(0).steps()).anyMatch(step -> step.contains("postscreen"));
        assertThat(first.evidence()).isNotEmpty();
    }

    @Test
    void a_crowd_at_a_quiet_host_is_found_at_the_floor() {
        // Given
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 3600; i += 60) {
            story.message(i, "198.51.100." + i % 7);
        }
        crowd(story, 500, 450, "commands=0/0");

        // When / Then
        assertThat(assess(story)).isNotEmpty();
    }

    @Test
    void a_small_army_of_which_each_stays_just_below_the_floor_of_one_client_is_a_flood() {
        // Given
        LogStory story = ordinaryHour();
        crowd(story, 11_000, 220, "commands=0/0");

        // When / Then
        assertThat(assess(story)).isNotEmpty();
    }

    @Test
    void a_crowd_of_which_exim_logs_only_the_refusals_is_a_flood() {
        // Given an Exim with few slots and without +smtp_connection
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 180; i++) {
            story.say(i * 20, "exim[82]: no host name found for IP address 198.51.100." + i % 7);
        }
        for (int i = 0; i < 2700; i++) {
            story.say(
                    HOUR + i * 60 / 900.0,
                    "exim[82]: Connection from [100.64." + i % 900 / 250 + "." + i % 250
                            + "] refused: too many connections");
        }

        // When
        List<Finding> findings = assess(story);

        // Then
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void a_smaller_crowd_that_stays_for_minutes_is_one_of_less_urgency() {
        // Given
        LogStory story = quietHour();
        crowd(story, 140, 700, "ehlo=1 mail=1 rcpt=0/1 commands=2/3", 12);

        // When
        List<Finding> findings = assess(story);

        // Then
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(findings.get(0).thresholds()).containsEntry("clients", 100.0);
        assertThat(findings.get(0).pane() - Pane.of(Scenario.START))
                .as("within seven minutes")
                .isLessThanOrEqualTo(360 + 42);
    }

    @Test
    void a_wave_of_strangers_that_is_over_in_four_minutes_is_none() {
        // Given
        LogStory story = quietHour();
        crowd(story, 140, 700, "ehlo=1 mail=1 rcpt=0/1 commands=2/3", 4);

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void a_smaller_crowd_of_which_a_quarter_brings_mail_is_none() {
        // Given an outage's end: senders that were never here before, with what waited
        LogStory story = quietHour();
        crowd(story, 105, 700, "ehlo=1 mail=1 rcpt=0/1 commands=2/3", 12);
        for (int i = 0; i < 420; i++) {
            story.message(HOUR + i * 60 / 35.0, "100.65." + i / 250 + "." + i % 250);
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void a_smaller_crowd_at_a_host_that_has_thirty_clients_a_minute_is_none() {
        // Given
        LogStory story = ordinaryHour();
        crowd(story, 140, 700, "commands=0/0", 12);

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void a_spike_of_many_clients_that_all_bring_mail_is_none() {
        // Given answers to a campaign
        LogStory story = ordinaryHour();
        for (int i = 0; i < 5000; i++) {
            story.message(HOUR + i * 0.06, "100.64." + i % 20 + "." + i % 250);
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void one_flooder_among_ordinary_clients_is_none() {
        // Given
        LogStory story = ordinaryHour();
        for (int i = 0; i < 10_000; i++) {
            story.postfix(HOUR + i * 0.05, 0.1, "203.0.113.9", "commands=0/0");
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void our_own_senders_who_cannot_get_through_are_none() {
        // Given three hundred senders who brought mail all the hour
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 3600; i++) {
            story.message(i, "100.64.1." + i % 250);
        }
        for (int i = 0; i < 5000; i++) {
            story.postfix(HOUR + i * 0.06, 0.1, "100.64.1." + i % 250, "ehlo=1 starttls=0/1 commands=1/2");
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void a_busy_host_on_a_busy_day_is_none() {
        // Given a host that sees three hundred clients a minute and turns most of them away
        Scenario scenario = Scenario.of(Watch.SERVER, "mx1");
        for (int pane = 0; pane < 400; pane++) {
            int from = pane % 50;
            scenario.at(Duration.ofSeconds(pane * 10L), "mx1", tally -> {
                tally.add(Count.LINES, 300).add(Count.CONNECTS, 100);
                for (int i = 0; i < 60; i++) {
                    tally.note(Distinct.CLIENTS, "198.18." + from + "." + i);
                }
            });
        }

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void who_is_after_recipients_or_passwords_is_said_so() {
        // Given
        LogStory story = ordinaryHour();
        crowd(story, 3000, 300, "ehlo=1 auth=0/1 commands=1/2");

        // When
        Finding first = assess(story).get(0);

        // Then
        assertThat(first.cause()).isEqualTo("PASSWORD_GUESSING");
        assertThat(first.technique()).isEqualTo("T1110");
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        DistributedFloodParams good = DistributedFloodParams.defaults();
        assertThatThrownBy(() -> new DistributedFloodParams(
                        1,
                        4,
                        60,
                        5,
                        10,
                        0.5,
                        0.6,
                        0.5,
                        0.9,
                        new Prior(10, 8),
                        1e-6,
                        good.persistence(),
                        10,
                        good.small(),
                        0.5))
                .hasMessageContaining("clients must be from 10");
        assertThatThrownBy(() -> new DistributedFloodParams.Small(
                        100, 0, 0.2, 0.8, good.small().persistence()))
                .hasMessageContaining("growth must be from 1");
    }

    private static LogStory ordinaryHour() {
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 3600; i += 2) {
            story.message(i, "198.51.100." + i % 60);
        }
        return story;
    }

    /** Three messages a minute. */
    private static LogStory quietHour() {
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 3600; i += 20) {
            story.message(i, "198.51.100." + i % 7);
        }
        return story;
    }

    private static void crowd(LogStory story, int connectsPerMinute, int clients, String commands) {
        crowd(story, connectsPerMinute, clients, commands, 3);
    }

    private static void crowd(LogStory story, int connectsPerMinute, int clients, String commands, int minutes) {
        for (int i = 0; i < connectsPerMinute * minutes; i++) {
            int client = i % clients;
            story.postfix(
                    HOUR + i * 60.0 / connectsPerMinute, 0.3, "100.64." + client / 250 + "." + client % 250, commands);
        }
    }

    private List<Finding> assess(LogStory story) {
        return story.of(Watch.SERVER, "mx1").assess(detector);
    }
}
