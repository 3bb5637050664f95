package postwarden.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.incident.DeskFixture.step;
import static postwarden.incident.FindingBuilder.account;
import static postwarden.incident.FindingBuilder.client;
import static postwarden.incident.FindingBuilder.flood;
import static postwarden.incident.FindingBuilder.server;

import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.detect.Severity;

/** A page is as urgent as the worst that it stands for: nothing is told under a lower severity than its own. */
class RaisedTest {
    private static final String USER = "anna@example.com";
    private static final long DAY = 24 * 360;
    private final DeskFixture desk = new DeskFixture();

    private static FindingBuilder takeover() {
        return account("compromised-account", USER).severity(Severity.MEDIUM);
    }

    private static FindingBuilder guessing(Severity severity) {
        return account("distributed-brute-force", USER).severity(severity);
    }

    @Test
    void a_child_that_is_worse_than_its_open_parent_is_told_at_once_with_its_reason() {
        desk.play(
                step(1000, takeover().at(1000), "OPEN compromised-account 1"),
                step(
                        1001,
                        List.of(guessing(Severity.HIGH).at(1001), takeover().at(1001)),
                        "UPDATED compromised-account 2"));
        assertThat(desk.last().severity()).isEqualTo(Severity.HIGH);
        assertThat(desk.last().summary())
                .endsWith("HIGH because of what belongs to it, distributed-brute-force: distributed-brute-force at "
                        + USER);
        assertThat(desk.told.get(0).severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void a_child_alone_is_told_at_once_though_its_parent_has_nothing_new() {
        desk.play(
                step(1000, takeover().at(1000), "OPEN compromised-account 1"),
                step(1001, guessing(Severity.CRITICAL).at(1001), "UPDATED compromised-account 2"));
        assertThat(desk.last().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void a_parent_that_opens_with_a_worse_child_opens_as_bad_as_that() {
        desk.play(step(
                1000, List.of(guessing(Severity.HIGH).at(1000), takeover().at(1000)), "OPEN compromised-account 1"));
        assertThat(desk.last().severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void a_silent_child_that_becomes_worse_is_told_at_once() {
        desk.play(
                step(1000, takeover().at(1000), "OPEN compromised-account 1"),
                step(1001, guessing(Severity.LOW).at(1001)),
                step(1002, guessing(Severity.HIGH).at(1002), "UPDATED compromised-account 2"),
                step(1003, guessing(Severity.HIGH).at(1003)));
    }

    @Test
    void an_incident_stays_as_bad_as_its_worst_child_was_and_ends_so() {
        desk.play(
                step(1000, takeover().at(1000), "OPEN compromised-account 1"),
                step(1001, guessing(Severity.HIGH).at(1001), "UPDATED compromised-account 2"),
                step(1010, guessing(Severity.HIGH).over(1010, 1001)),
                step(1031, takeover().at(1031)),
                step(1060, takeover().over(1060, 1031), "RESOLVED compromised-account 3"));
        assertThat(desk.last().severity()).isEqualTo(Severity.HIGH);
        assertThat(desk.last().summary()).contains("HIGH because of what belongs to it");
    }

    @Test
    void a_child_that_is_worse_than_what_was_told_of_a_parent_that_is_over_is_told_itself() {
        desk.play(
                step(1000, takeover().at(1000), "OPEN compromised-account 1"),
                step(1030, takeover().over(1030, 1000), "RESOLVED compromised-account 2"),
                step(1031, guessing(Severity.LOW).at(1031)),
                step(1032, guessing(Severity.HIGH).at(1032), "OPEN distributed-brute-force 1"));
    }

    @Test
    void what_was_over_yesterday_makes_nothing_worse_today() {
        desk.play(
                step(1000, guessing(Severity.HIGH).at(1000), "OPEN distributed-brute-force 1"),
                step(1100, guessing(Severity.HIGH).over(1100, 1000), "RESOLVED distributed-brute-force 2"),
                step(1000 + DAY, takeover().at(1000 + DAY), "OPEN compromised-account 1"));
        assertThat(desk.last().severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void a_grandparent_is_as_bad_as_its_grandchild() {
        // Given: slots that are gone belong to the flood, which is there to guess
        FindingBuilder gone = server("server-limit", "mx1").severity(Severity.CRITICAL);
        FindingBuilder flood = flood("203.0.113.9").severity(Severity.MEDIUM).cause("PASSWORD_GUESSING");
        FindingBuilder guesses = client("brute-force", "203.0.113.9").severity(Severity.MEDIUM);

        // When
        desk.at(1000, flood.at(1000), gone.at(1000));
        desk.at(1100, guesses.at(1100));

        // Then
        assertThat(DeskFixture.brief(desk.told))
                .containsExactly("OPEN connection-flood 1", "OPEN brute-force 1", "RESOLVED connection-flood 2");
        assertThat(desk.told.get(1).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(desk.told.get(1).summary())
                .endsWith("CRITICAL because of what belongs to it, server-limit: server-limit at mx1");
    }
}
