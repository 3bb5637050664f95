package postwarden.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.incident.DeskFixture.brief;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import postwarden.detect.Report;
import postwarden.detect.sensor.HostSilence;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Watch;

/** What the silence of a host means for the incidents about it. */
class BlindnessTest {
    private static final String SPOT = HostSilence.blindSpot("mx1");

    private final DeskFixture desk = new DeskFixture();

    @Test
    void an_open_incident_about_a_host_that_falls_silent_names_the_blind_spot_and_stays_open() {
        // Given
        desk.at(100, FindingBuilder.flood("203.0.113.9").at(100));
        desk.at(101, FindingBuilder.destination("retry-storm", "example.org").at(101));

        // When
        List<Alert> told = desk.at(120, silence("mx1", 120, 100, "mx1"));

        // Then
        assertThat(brief(told)).containsExactly("OPEN host-silent 1", "UPDATED connection-flood 2");
        assertThat(told.get(1).blindSpots()).contains(SPOT);
        assertThat(desk.open())
                .anyMatch(alert -> alert.detector().equals("connection-flood")
                        && alert.blindSpots().contains(SPOT));
        assertThat(desk.open())
                .noneMatch(alert -> alert.detector().equals("retry-storm")
                        && alert.blindSpots().contains(SPOT));
    }

    @Test
    void the_silence_of_a_producer_is_a_blind_spot_of_each_of_its_hosts() {
        desk.at(100, FindingBuilder.flood("203.0.113.9").at(100));

        List<Alert> told = desk.at(120, silence("agent", 120, 100, "mx0", "mx1"));

        assertThat(brief(told)).containsExactly("OPEN host-silent 1", "UPDATED connection-flood 2");
    }

    @Test
    void what_opens_while_a_host_is_silent_names_it_too_and_no_longer_when_it_speaks() {
        // Given
        desk.at(120, silence("mx1", 120, 100, "mx1"));
        List<Alert> during = desk.at(125, FindingBuilder.flood("203.0.113.9").at(125));

        // When
        List<Alert> spoke = desk.at(130, over("mx1", 130));
        List<Alert> after = desk.at(140, FindingBuilder.flood("203.0.113.10").at(140));

        // Then
        assertThat(during.get(0).blindSpots()).contains(SPOT);
        assertThat(spoke.get(0).state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(spoke.get(0).resolution()).isEqualTo("verified");
        assertThat(after.get(0).blindSpots()).doesNotContain(SPOT);
    }

    @Test
    void the_end_of_a_silence_says_how_long_it_was() {
        // Given
        desk.at(120, silence("mx1", 120, 100, "mx1"));
        SortedMap<String, Long> words = words(100, "mx1");
        Report last = new Report.Found(HostSilence.finding(
                key("mx1"), 140, words, Pane.start(140).toEpochMilli(), Duration.ofMinutes(3), true));

        // When
        desk.at(140, last);
        List<Alert> told = desk.at(141, over("mx1", 141));

        // Then
        assertThat(told.get(0).summary()).contains("It lasted 6 min 40 s");
        assertThat(told.get(0).measures()).containsEntry("silentMinutes", 40 / 6.0);
    }

    private static Report silence(String subject, long pane, long since, String... hosts) {
        return new Report.Found(HostSilence.finding(
                key(subject), pane, words(since, hosts), Pane.end(pane).toEpochMilli(), Duration.ofMinutes(3), false));
    }

    private static SortedMap<String, Long> words(long since, String... hosts) {
        SortedMap<String, Long> words = new TreeMap<>();
        for (String host : hosts) {
            words.put(host, Pane.start(since).toEpochMilli());
        }
        return words;
    }

    private static Report over(String subject, long pane) {
        return new Report.Over(HostSilence.ID, key(subject), subject, pane, pane - 1, "");
    }

    private static Key key(String subject) {
        return new Key("default", Watch.SERVER, subject);
    }
}
