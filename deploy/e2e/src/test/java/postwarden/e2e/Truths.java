package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import postwarden.detect.Cause;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.incident.Alert;

/** What was done when the recordings were made, by whom and to whom, and what must therefore be said and not be said. */
final class Truths {
    static final String FLOODER = "203.0.113.177";
    static final String KAREN = "karen.vogel@example.com";
    static final Instant POSTFIX_BURST = Instant.parse("2026-11-21T08:22:23.477Z");
    static final Instant EXIM_BURST = Instant.parse("2026-11-21T08:28:26.732Z");

    /** Hosts to which nothing happened that anybody outside is to blame for. */
    static final Set<String> QUIET = Set.of("mx2", "out2", "cp6", "mx4");

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Set<String> BLAMED = Set.of(FLOODER, KAREN, "bigmail.example", "heavy.example");
    private static final Set<String> OUTBOUND = Set.of("retry-storm", "remote-throttle");
    private static final Set<String> POLICY = Set.of("POLICY_CONCURRENCY", "POLICY_RATE");

    private Truths() {}

    static void the_flooder_is_named_and_no_other_client(List<Alert> alerts) {
        List<Alert> floods = ofDetector(alerts, "connection-flood");
        assertThat(floods).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.subject().client()).isEqualTo(FLOODER);
            assertThat(alert.subject().server()).isEqualTo("mx1");
        });
        assertThat(highest(floods)).isGreaterThanOrEqualTo(Severity.MEDIUM);
    }

    static void the_stolen_account_is_found_within_a_minute(List<Alert> alerts, Instant burst) {
        List<Alert> stolen = ofDetector(alerts, "compromised-account");
        assertThat(stolen)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.subject().account()).isEqualTo(KAREN));
        assertThat(highest(stolen)).isEqualTo(Severity.CRITICAL);
        assertThat(stolen).allSatisfy(alert -> assertThat(alert.detectedAt()).isBetween(burst, burst.plus(SOON)));
    }

    static void the_guessing_before_is_its_child(List<Alert> alerts) {
        List<Alert> stolen = ofDetector(alerts, "compromised-account");
        assertThat(stolen).isNotEmpty();
        assertThat(stolen.get(stolen.size() - 1).children()).isNotEmpty();
        String parent = stolen.get(0).incidentId();
        assertThat(Verdict.latest(ofDetector(alerts, "distributed-brute-force")))
                .allSatisfy(guessing -> {
                    assertThat(guessing.subject().account()).isEqualTo(KAREN);
                    assertThat(guessing.parent()).isEqualTo(parent);
                    assertThat(guessing.state()).isEqualTo(Alert.State.RESOLVED);
                });
        assertThat(stolen.get(stolen.size() - 1).timeline())
                .anySatisfy(moment -> assertThat(moment.detector()).isEqualTo("distributed-brute-force"));
    }

    static void the_provider_has_a_limit_by_policy(List<Alert> alerts) {
        List<Alert> limited = about(alerts, "bigmail.example").stream()
                .filter(alert -> alert.severity().compareTo(Severity.MEDIUM) >= 0)
                .toList();
        assertThat(limited).isNotEmpty().allSatisfy(alert -> {
            assertThat(OUTBOUND).contains(alert.detector());
            assertThat(POLICY).contains(alert.cause());
        });
        assertThat(Verdict.latest(limited))
                .allSatisfy(alert ->
                        assertThat(alert.causes()).extracting(Cause::name).containsAll(POLICY));
    }

    static void the_slow_destination_is_overloaded(List<Alert> alerts) {
        List<Alert> slow = about(alerts, "heavy.example");
        assertThat(slow).isNotEmpty();
        assertThat(highest(slow)).isGreaterThanOrEqualTo(Severity.MEDIUM);
        assertThat(Verdict.latest(slow))
                .allSatisfy(alert -> assertThat(alert.cause()).isEqualTo("OVERLOAD"));
    }

    /** Of all clients, accounts and destinations in all recordings, only these four have done something. */
    static void nobody_else_is_blamed(List<Alert> alerts) {
        assertThat(grave(alerts))
                .allSatisfy(alert ->
                        assertThat(named(alert.subject())).as(alert.title()).isSubsetOf(BLAMED));
    }

    /** A line of a quiet host may stand in a fleet-wide story (an owner's own typo, say), but never make one. */
    static void quiet_hosts_blame_nobody(List<Alert> alerts) {
        assertThat(grave(alerts)).isNotEmpty().allSatisfy(alert -> {
            assertThat(QUIET).as(alert.title()).doesNotContain(alert.subject().server());
            assertThat(alert.evidence().stream().map(Alert.Evidence::host).collect(Collectors.toSet()))
                    .as(alert.title())
                    .matches(hosts -> !QUIET.containsAll(hosts), "a host to which something happened");
        });
    }

    static List<Alert> grave(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.severity().compareTo(Severity.MEDIUM) >= 0)
                .toList();
    }

    private static List<Alert> ofDetector(List<Alert> alerts, String detector) {
        return alerts.stream()
                .filter(alert -> alert.detector().equals(detector))
                .toList();
    }

    private static List<Alert> about(List<Alert> alerts, String destination) {
        return alerts.stream()
                .filter(alert -> alert.subject().destination().equals(destination))
                .toList();
    }

    private static Severity highest(List<Alert> alerts) {
        return alerts.stream().map(Alert::severity).reduce(Severity.INFO, Severity::max);
    }

    private static List<String> named(Subject subject) {
        return Stream.of(subject.client(), subject.account(), subject.sender(), subject.destination())
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
