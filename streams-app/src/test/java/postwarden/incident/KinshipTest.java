package postwarden.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.incident.DeskFixture.step;
import static postwarden.incident.FindingBuilder.account;
import static postwarden.incident.FindingBuilder.client;
import static postwarden.incident.FindingBuilder.clientOnServer;
import static postwarden.incident.FindingBuilder.destination;
import static postwarden.incident.FindingBuilder.flood;
import static postwarden.incident.FindingBuilder.sender;
import static postwarden.incident.FindingBuilder.server;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.detect.Report;
import postwarden.detect.Severity;
import postwarden.tally.Pane;

/** Scenarios of parents and children: one page for one cause, in whatever order its signs come. */
class KinshipTest {
    private static final String USER = "anna@example.com";
    private static final long DAY = 24 * 360;
    private final DeskFixture desk = new DeskFixture();

    private static FindingBuilder guessing() {
        return account("distributed-brute-force", USER).severity(Severity.HIGH);
    }

    private static FindingBuilder takeover() {
        return account("compromised-account", USER).severity(Severity.CRITICAL).cause("STOLEN_PASSWORD");
    }

    @Test
    void a_child_told_before_is_resolved_as_superseded_and_named_by_its_parent() {
        desk.play(
                step(1000, guessing().at(1000), "OPEN distributed-brute-force 1"),
                step(
                        1100,
                        List.of(guessing().at(1100), takeover().at(1100)),
                        "OPEN compromised-account 1",
                        "RESOLVED distributed-brute-force 2"),
                step(
                        1101,
                        List.of(
                                guessing().severity(Severity.CRITICAL).at(1101),
                                takeover().at(1101))),
                step(1200, guessing().over(1200, 1101)));
        Alert parent = desk.told.get(1);
        Alert child = desk.told.get(2);
        assertThat(child.parent()).isEqualTo(parent.incidentId());
        assertThat(child.resolution()).isEqualTo("superseded");
        assertThat(child.resolvedAt()).isEqualTo(Pane.end(1100));
        assertThat(parent.children()).containsExactly(child.incidentId());
        assertThat(parent.parent()).isEmpty();
        assertThat(parent.onset()).isEqualTo(Pane.start(1098));
        assertThat(parent.timeline().get(0).time()).isEqualTo(Pane.start(998));
        assertThat(parent.timeline().get(0).detector()).isEqualTo("distributed-brute-force");
    }

    @Test
    void parent_and_child_in_the_same_pane_are_one_page_in_either_order() {
        // Given
        DeskFixture other = new DeskFixture();

        // When
        desk.at(1000, guessing().at(1000), takeover().at(1000));
        other.at(1000, takeover().at(1000), guessing().at(1000));

        // Then
        assertThat(DeskFixture.brief(desk.told)).containsExactly("OPEN compromised-account 1");
        assertThat(desk.told.get(0).children())
                .containsExactly(IncidentId.of(guessing().finding(1000)));
        assertThat(other.told).isEqualTo(desk.told);
    }

    @Test
    void a_child_that_comes_later_attaches_in_silence_and_is_named_by_the_next_record() {
        desk.play(
                step(1000, takeover().at(1000), "OPEN compromised-account 1"),
                step(1001, List.of(guessing().at(1001), takeover().at(1001))),
                step(1030, takeover().at(1030), "UPDATED compromised-account 2"),
                step(1060, takeover().over(1060, 1030), "RESOLVED compromised-account 3"));
        String child = IncidentId.of(guessing().finding(1001));
        assertThat(desk.told.get(1).children()).containsExactly(child);
        assertThat(desk.told.get(2).children()).containsExactly(child);
        assertThat(desk.open()).isEmpty();
    }

    @Test
    void a_child_that_comes_when_the_page_is_five_minutes_old_is_told_at_once() {
        desk.play(
                step(1000, takeover().at(1000), "OPEN compromised-account 1"),
                step(1030, guessing().at(1030), "UPDATED compromised-account 2"));
    }

    @Test
    void a_child_that_was_over_within_a_day_is_part_of_the_story_and_told_no_more() {
        desk.play(
                step(1000, guessing().at(1000), "OPEN distributed-brute-force 1"),
                step(1100, guessing().over(1100, 1000), "RESOLVED distributed-brute-force 2"),
                step(1000 + DAY, takeover().at(1000 + DAY), "OPEN compromised-account 1"));
        assertThat(desk.last().children()).containsExactly(desk.told.get(0).incidentId());
    }

    @Test
    void a_child_that_was_over_for_more_than_a_day_is_another_story() {
        desk.play(
                step(1000, guessing().at(1000), "OPEN distributed-brute-force 1"),
                step(1100, guessing().over(1100, 1000), "RESOLVED distributed-brute-force 2"),
                step(1001 + DAY, takeover().at(1001 + DAY), "OPEN compromised-account 1"));
        assertThat(desk.last().children()).isEmpty();
    }

    @Test
    void a_child_that_outlasts_its_parent_is_told_again_as_an_incident_of_its_own() {
        desk.play(
                step(1000, takeover().at(1000), "OPEN compromised-account 1"),
                step(1001, guessing().at(1001)),
                step(1040, List.of(guessing().at(1040), takeover().over(1040, 1000)), "RESOLVED compromised-account 2"),
                step(1400, guessing().at(1400)),
                step(1401, guessing().at(1401), "OPEN distributed-brute-force 1"));
        assertThat(desk.last().parent()).isEmpty();
        assertThat(desk.last().detectedAt()).isEqualTo(Pane.end(1401));
    }

    @Test
    void a_child_that_is_over_and_comes_back_under_its_parent_stays_silent() {
        desk.play(
                step(1000, List.of(guessing().at(1000), takeover().at(1000)), "OPEN compromised-account 1"),
                step(1010, guessing().over(1010, 1000)),
                step(1011, guessing().at(1011)),
                step(1012, takeover().at(1012)));
        assertThat(desk.open()).hasSize(1);
        assertThat(desk.open().get(0).children()).hasSize(1);
    }

    @Test
    void another_account_and_another_tenant_are_other_stories() {
        desk.play(step(
                1000,
                List.of(
                        account("distributed-brute-force", "bert@example.com").at(1000),
                        account("distributed-brute-force", USER).ofTenant("b").at(1000),
                        takeover().at(1000)),
                "OPEN distributed-brute-force 1",
                "OPEN compromised-account 1",
                "OPEN distributed-brute-force 1"));
    }

    @Test
    void a_flood_of_one_client_stands_for_itself() {
        desk.play(step(
                1000,
                List.of(takeover().at(1000), flood("203.0.113.9").at(1000)),
                "OPEN compromised-account 1",
                "OPEN connection-flood 1"));
    }

    @Test
    void a_retry_storm_adopts_the_cause_of_the_throttle_on_the_same_server_and_destination() {
        // Given
        FindingBuilder throttle =
                destination("remote-throttle", "bigmail.example").cause("POLICY_CONCURRENCY");
        FindingBuilder storm = destination("retry-storm", "bigmail.example").cause("RETRIES");
        desk.play(step(1000, throttle.at(1000), "OPEN remote-throttle 1"));

        // When
        desk.play(
                step(
                        1100,
                        List.of(storm.at(1100), throttle.at(1100)),
                        "OPEN retry-storm 1",
                        "RESOLVED remote-throttle 2"),
                step(1131, storm.at(1131)),
                step(1160, storm.over(1160, 1131), "RESOLVED retry-storm 2"));

        // Then
        assertThat(desk.told.get(1).cause()).isEqualTo("POLICY_CONCURRENCY");
        assertThat(desk.last().cause()).isEqualTo("POLICY_CONCURRENCY");
    }

    @Test
    void a_script_that_sends_knows_the_cause_better_than_its_user_that_is_taken_for_stolen() {
        // Given
        FindingBuilder script = account("script-burst", "shop@mx1").cause("HACKED_SCRIPT");
        FindingBuilder user = account("compromised-account", "shop@mx1").cause("STOLEN_CREDENTIALS");
        desk.play(step(1000, script.at(1000), "OPEN script-burst 1"));

        // When
        desk.play(step(
                1100,
                List.of(user.at(1100), script.at(1100)),
                "OPEN compromised-account 1",
                "RESOLVED script-burst 2"));

        // Then
        assertThat(desk.told.get(1).cause()).isEqualTo("HACKED_SCRIPT");
    }

    @Test
    void a_burst_to_a_list_whose_addresses_turn_out_dead_is_that_list() {
        FindingBuilder burst = account("sending-burst", USER).cause("INFECTED_COMPUTER");
        FindingBuilder list = account("unknown-recipients", USER).cause("OLD_ADDRESS_LIST");
        desk.play(
                step(1000, burst.at(1000), "OPEN sending-burst 1"),
                step(
                        1060,
                        List.of(burst.at(1060), list.at(1060)),
                        "OPEN unknown-recipients 1",
                        "RESOLVED sending-burst 2"));
        assertThat(desk.open()).extracting(Alert::cause).containsExactly("OLD_ADDRESS_LIST");
    }

    @Test
    void whose_mail_others_wait_behind_is_told_by_what_is_wrong_with_the_sender() {
        FindingBuilder bert = sender("dominant-sender", "mx1", "bert@example.com");
        FindingBuilder anna = sender("dominant-sender", "mx1", USER);
        for (String detector : List.of(
                "compromised-account", "script-burst", "sending-burst", "recipient-fan-out", "unknown-recipients")) {
            DeskFixture each = new DeskFixture();
            each.play(
                    step(1000, anna.at(1000), "OPEN dominant-sender 1"),
                    step(
                            1060,
                            List.of(anna.at(1060), account(detector, USER).at(1060)),
                            "OPEN " + detector + " 1",
                            "RESOLVED dominant-sender 2"),
                    step(1061, List.of(bert.at(1061)), "OPEN dominant-sender 1"));
        }
    }

    @Test
    void one_page_remains_in_every_order_in_which_the_signs_may_come() {
        for (long guessed : new long[] {1000, 1050, 1100}) {
            for (long taken : new long[] {1000, 1050, 1100}) {
                DeskFixture each = new DeskFixture();
                for (long pane = 1000; pane <= 1200; pane++) {
                    each.at(pane, reports(guessed, taken, pane));
                }
                assertThat(each.open()).extracting(Alert::detector).containsExactly("compromised-account");
                assertThat(each.open().get(0).children())
                        .containsExactly(IncidentId.of(guessing().finding(guessed)));
            }
        }
    }

    private static List<Report> reports(long guessed, long taken, long pane) {
        List<Report> reports = new ArrayList<>();
        if (pane >= guessed) {
            reports.add(guessing().at(pane));
        }
        if (pane >= taken) {
            reports.add(takeover().at(pane));
        }
        return reports;
    }

    @Test
    void what_a_flood_drives_a_server_to_is_the_floods_whichever_comes_first() {
        for (long said : new long[] {1000, 1050, 1100}) {
            DeskFixture each = new DeskFixture();
            for (long pane = 1000; pane <= 1200; pane++) {
                List<Report> reports = new ArrayList<>();
                if (pane >= said) {
                    reports.add(server("server-limit", "mx1").at(pane));
                    reports.add(clientOnServer("client-limit", "203.0.113.9").at(pane));
                }
                if (pane >= 1050) {
                    reports.add(flood("203.0.113.9").at(pane));
                }
                each.at(pane, reports);
            }
            assertThat(each.open()).extracting(Alert::detector).containsExactly("connection-flood");
            assertThat(each.open().get(0).children()).hasSize(2);
        }
    }

    @Test
    void a_flood_that_only_holds_sessions_says_so() {
        desk.play(
                step(1000, flood("203.0.113.9").at(1000), "OPEN connection-flood 1"),
                step(
                        1040,
                        List.of(
                                clientOnServer("slot-hoarding", "203.0.113.9")
                                        .cause("SLOT_HOARDING")
                                        .at(1040),
                                flood("203.0.113.9").at(1040)),
                        "UPDATED connection-flood 2"));
        assertThat(desk.last().cause()).isEqualTo("SLOT_HOARDING");
    }

    @Test
    void a_shortage_goes_with_the_flood_that_began_last() {
        desk.play(
                step(1000, flood("203.0.113.9").at(1000), "OPEN connection-flood 1"),
                step(
                        1010,
                        List.of(
                                flood("203.0.113.9").at(1010),
                                flood("203.0.113.10").at(1010),
                                server("server-limit", "mx1").at(1010)),
                        "OPEN connection-flood 1"));
        assertThat(desk.last().subject().client()).isEqualTo("203.0.113.10");
        assertThat(desk.last().children()).hasSize(1);
    }

    @Test
    void a_flood_of_another_server_is_another_story() {
        desk.play(step(
                1000,
                List.of(
                        server("server-limit", "mx2").at(1000),
                        flood("203.0.113.9").at(1000)),
                "OPEN server-limit 1",
                "OPEN connection-flood 1"));
    }

    @Test
    void the_limits_of_many_clients_belong_to_the_crowd_on_their_server() {
        desk.play(step(
                1000,
                List.of(
                        clientOnServer("client-limit", "203.0.113.9").at(1000),
                        clientOnServer("client-limit", "203.0.113.10").at(1000),
                        server("distributed-flood", "mx1").at(1000)),
                "OPEN distributed-flood 1"));
        assertThat(desk.open().get(0).children()).hasSize(2);
    }

    @Test
    void whose_parent_may_become_a_child_may_belong_to_its_grandparent() {
        for (Kinship rule : Kinship.RULES) {
            for (Kinship above : Kinship.RULES) {
                if (above.child().equals(rule.parent())) {
                    assertThat(Kinship.RULES)
                            .as(rule.child() + " of " + rule.parent() + " of " + above.parent())
                            .anyMatch(direct -> direct.child().equals(rule.child())
                                    && direct.parent().equals(above.parent()));
                }
            }
        }
    }

    @Test
    void a_flood_that_is_there_to_guess_belongs_to_the_guessing_and_another_one_does_not() {
        // Given
        FindingBuilder guessing = client("brute-force", "203.0.113.9").cause("PASSWORD_GUESSING");
        FindingBuilder flood = flood("203.0.113.9").cause("PASSWORD_GUESSING");
        FindingBuilder other = flood("203.0.113.10");
        FindingBuilder itsGuessing = client("brute-force", "203.0.113.10").cause("PASSWORD_GUESSING");

        // When / Then
        desk.play(
                step(1000, flood.at(1000), "OPEN connection-flood 1"),
                step(1010, guessing.at(1010), "OPEN brute-force 1", "RESOLVED connection-flood 2"),
                step(
                        1011,
                        List.of(other.at(1011), itsGuessing.at(1011)),
                        "OPEN connection-flood 1",
                        "OPEN brute-force 1"));
    }

    @Test
    void slots_that_are_gone_while_somebody_guesses_slowly_are_an_incident_of_their_own() {
        // Given
        FindingBuilder slow = clientOnServer("brute-force", "203.0.113.9").severity(Severity.MEDIUM);
        FindingBuilder fierce = clientOnServer("brute-force", "203.0.113.9").severity(Severity.HIGH);
        FindingBuilder full = server("server-limit", "mx1");

        // When / Then
        desk.play(
                step(1000, slow.at(1000), "OPEN brute-force 1"),
                step(1010, full.at(1010), "OPEN server-limit 1"),
                step(1020, fierce.at(1020), "UPDATED brute-force 2"));
    }

    @Test
    void invented_accounts_belong_to_the_spray_on_the_same_server_and_invented_senders_do_not() {
        // Given
        FindingBuilder spray = server("password-spray", "mx1").cause("PASSWORD_SPRAY");
        FindingBuilder accounts = server("cardinality", "mx1").cause("RANDOM_ACCOUNTS");
        FindingBuilder senders = server("cardinality", "mx2").cause("RANDOM_SENDERS");
        FindingBuilder elsewhere = server("password-spray", "mx2").cause("PASSWORD_SPRAY");

        // When / Then
        desk.play(
                step(1000, List.of(accounts.at(1000), spray.at(1000)), "OPEN password-spray 1"),
                step(
                        1001,
                        List.of(senders.at(1001), elsewhere.at(1001)),
                        "OPEN cardinality 1",
                        "OPEN password-spray 1"));
    }

    @Test
    void an_account_that_is_guessed_hard_belongs_to_the_campaign_that_guesses_many_of_its_host_and_to_no_other() {
        // Given evidence from mx1, where many accounts are guessed, and mx2, where one password is tried on many
        FindingBuilder account = guessing().cause("DISTRIBUTED_GUESSING");
        FindingBuilder campaign = server("password-spray", "mx1").cause("DISTRIBUTED_GUESSING");
        FindingBuilder elsewhere = server("password-spray", "mx2").cause("DISTRIBUTED_GUESSING");
        FindingBuilder spray = server("password-spray", "mx1").cause("PASSWORD_SPRAY");
        DeskFixture other = new DeskFixture();
        DeskFixture third = new DeskFixture();

        // When / Then
        desk.play(
                step(1000, account.at(1000), "OPEN distributed-brute-force 1"),
                step(
                        1010,
                        List.of(account.at(1010), campaign.at(1010)),
                        "OPEN password-spray 1",
                        "RESOLVED distributed-brute-force 2"));
        other.play(
                step(1000, elsewhere.at(1000), "OPEN password-spray 1"),
                step(1001, account.at(1001), "OPEN distributed-brute-force 1"));
        third.play(
                step(1000, spray.at(1000), "OPEN password-spray 1"),
                step(1001, account.at(1001), "OPEN distributed-brute-force 1"));
    }

    @Test
    void nobody_is_an_ancestor_of_its_own() {
        assertThat(Kinship.RULES)
                .noneMatch(rule -> Kinship.RULES.stream()
                        .anyMatch(other -> other.child().equals(rule.parent())
                                && other.parent().equals(rule.child())));
    }
}
