package postwarden.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.incident.FindingBuilder.flood;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.detect.Severity;
import postwarden.policy.Allowance;
import postwarden.policy.Allowances;
import postwarden.policy.NamePattern;
import postwarden.policy.Remark;
import postwarden.policy.Remark.Aspect;
import postwarden.policy.Saying;
import postwarden.scan.MapMemory;
import postwarden.tally.Pane;

/** What operators say of incidents: told with them, and of no consequence for what is found. */
class HearingTest {
    private static final String CLIENT = "203.0.113.9";
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:07Z");

    private final Allowances allowances = new Allowances(new MapMemory<>(), List.of());
    private final DeskFixture desk = new DeskFixture(DeskParams.DEFAULT, new HashMap<>(), allowances);

    @Test
    void an_open_incident_is_told_again_with_who_acknowledged_it() {
        // Given
        Alert opened = desk.at(1000, flood(CLIENT).at(1000)).get(0);

        // When
        Alert told = heard(opened, remark(Aspect.ACKNOWLEDGED, "", ""));

        // Then
        assertThat(told.state()).isEqualTo(Alert.State.UPDATED);
        assertThat(told.sequence()).isEqualTo(2);
        assertThat(told.isTold()).isTrue();
        assertThat(told.feedback().news(2))
                .contains(remark(Aspect.ACKNOWLEDGED, "", "").toldIn(2));
        assertThat(told)
                .usingRecursiveComparison()
                .ignoringFields("state", "sequence", "feedback")
                .isEqualTo(opened);
    }

    @Test
    void two_operators_words_stand_beside_each_other_and_the_last_of_an_aspect_holds() {
        Alert opened = desk.at(1000, flood(CLIENT).at(1000)).get(0);

        heard(opened, remark(Aspect.ASSIGNED, "ben", ""));
        heard(opened, remark(Aspect.VERDICT, "true", "seen on the wire"));
        Alert told = heard(opened, remark(Aspect.VERDICT, "benign", "our own probe"));

        assertThat(told.feedback().of(Aspect.ASSIGNED)).map(Remark::value).contains("ben");
        assertThat(told.feedback().of(Aspect.VERDICT)).map(Remark::value).contains("benign");
        assertThat(told.feedback().of(Aspect.VERDICT)).map(Remark::sequence).contains(4);
        assertThat(told.feedback().byAspect()).hasSize(2);
    }

    @Test
    void the_same_word_twice_is_told_once() {
        Alert opened = desk.at(1000, flood(CLIENT).at(1000)).get(0);
        heard(opened, remark(Aspect.ACKNOWLEDGED, "", ""));

        Heard again = desk.hear(saying(opened, remark(Aspect.ACKNOWLEDGED, "", "")));

        assertThat(again).isEqualTo(Heard.untold(Heard.Outcome.REPEATED));
    }

    @Test
    void what_is_over_takes_a_verdict_and_stays_over() {
        // Given
        desk.at(1000, flood(CLIENT).at(1000));
        Alert over = desk.at(1040, flood(CLIENT).over(1040, 1001)).get(0);

        // When
        Alert told = heard(over, remark(Aspect.VERDICT, "false", "a backup"));

        // Then
        assertThat(told)
                .usingRecursiveComparison()
                .ignoringFields("sequence", "feedback")
                .isEqualTo(over);
        assertThat(told.sequence()).isEqualTo(over.sequence() + 1);
    }

    @Test
    void a_word_on_what_is_let_be_is_shown_and_wakes_nobody() {
        allowances.put(new Allowance(
                "probe",
                "default",
                NamePattern.ANYTHING,
                new NamePattern(CLIENT),
                NamePattern.ANYTHING,
                "noc",
                "ours",
                Pane.end(1000),
                Pane.end(2000)));
        Alert shown = desk.at(1000, flood(CLIENT).at(1000)).get(0);

        assertThat(heard(shown, remark(Aspect.VERDICT, "benign", "ours")).isTold())
                .isFalse();
    }

    @Test
    void an_unknown_id_and_another_tenants_incident_are_said_to_be_unknown() {
        Alert opened = desk.at(1000, flood(CLIENT).at(1000)).get(0);
        Remark remark = remark(Aspect.ACKNOWLEDGED, "", "");

        assertThat(desk.hear(new Saying("default", "none", remark, NOW.plusSeconds(60))))
                .isEqualTo(Heard.untold(Heard.Outcome.UNKNOWN));
        assertThat(desk.hear(new Saying("other", opened.incidentId(), remark, NOW.plusSeconds(60))))
                .isEqualTo(Heard.untold(Heard.Outcome.UNKNOWN));
    }

    @Test
    void a_silent_child_keeps_what_is_said_of_it_and_is_not_told() {
        // Given
        FindingBuilder takeover = FindingBuilder.account("compromised-account", "anna@example.com");
        FindingBuilder burst = FindingBuilder.account("sending-burst", "anna@example.com");
        desk.at(1000, takeover.at(1000));
        desk.at(1001, burst.at(1001));
        Incident child = desk.remembered.values().stream()
                .filter(incident -> incident.detector().equals("sending-burst"))
                .findFirst()
                .orElseThrow();

        // When
        Heard heard =
                desk.hear(new Saying("default", child.id(), remark(Aspect.ACKNOWLEDGED, "", ""), NOW.plusSeconds(60)));

        // Then
        assertThat(heard).isEqualTo(Heard.untold(Heard.Outcome.KEPT));
        assertThat(desk.remembered.values())
                .filteredOn(incident -> incident.id().equals(child.id()))
                .allMatch(incident -> incident.remarks().of(Aspect.ACKNOWLEDGED).isPresent())
                .hasSize(1);
    }

    @Test
    void what_is_decided_is_the_same_with_and_without_words() {
        // Given
        DeskFixture silent = new DeskFixture();

        // When
        play(silent, false);
        play(desk, true);

        // Then
        assertThat(desk.told).hasSizeGreaterThan(4);
        assertThat(desk.told)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("sequence", "feedback", "state")
                .isEqualTo(silent.told);
        assertThat(DeskFixture.brief(silent.told)).hasSameSizeAs(desk.told);
    }

    /** Trouble that grows, is over, comes back, and is over; with words, after each record one more is said. */
    private static void play(DeskFixture on, boolean withWords) {
        int word = 0;
        for (long pane = 1000; pane < 1200; pane++) {
            FindingBuilder now = flood(CLIENT).perMinute(60 + (pane - 1000) * 2.0);
            List<Alert> told = switch ((int) pane) {
                case 1060, 1190 -> on.at(pane, now.over(pane, pane - 20));
                default ->
                    pane % 60 < 40
                            ? on.at(
                                    pane,
                                    now.severity(pane < 1030 ? Severity.MEDIUM : Severity.HIGH)
                                            .at(pane))
                            : List.of();
            };
            for (Alert alert : withWords ? told : List.<Alert>of()) {
                Remark remark = new Remark(Aspect.ASSIGNED, "p" + word++, "anna", NOW, "");
                on.hear(new Saying("default", alert.incidentId(), remark, NOW.plusSeconds(60)));
            }
        }
    }

    private Alert heard(Alert about, Remark remark) {
        Heard heard = desk.hear(saying(about, remark));
        assertThat(heard.outcome()).isEqualTo(Heard.Outcome.TOLD);
        return heard.told().orElseThrow();
    }

    private static Saying saying(Alert about, Remark remark) {
        return new Saying(about.tenant(), about.incidentId(), remark, NOW.plus(Duration.ofDays(30)));
    }

    private static Remark remark(Aspect aspect, String value, String reason) {
        return new Remark(aspect, value, "anna", NOW, reason);
    }
}
