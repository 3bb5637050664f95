package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.detect.Destination.during;
import static postwarden.detect.Destination.refused;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.detect.remotethrottle.RemoteThrottleDetector;
import postwarden.detect.remotethrottle.RemoteThrottleParams;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** A destination that refuses us: why it does, and what to do about it. */
class RemoteThrottleTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final Detector throttle = new RemoteThrottleDetector(RemoteThrottleParams.defaults());

    /** What happens in each pane, and the cause that it is taken for. */
    private record Case(String name, Consumer<Tally> pane, String cause) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("fast refusals right after connect", RemoteThrottleTest::tooManyAtOnce, "POLICY_CONCURRENCY"),
                new Case("refusals that name a rate", RemoteThrottleTest::tooFast, "POLICY_RATE"),
                new Case("late refusals and time-outs", RemoteThrottleTest::overloaded, "OVERLOAD"),
                new Case(
                        "too many connections, said after ten seconds, with time-outs",
                        pane -> refused(pane, 2, Count.THROTTLED_CONNECTIONS)
                                .add(Count.IN_SESSION, 2)
                                .add(Count.SETUP_SLOW, 4)
                                .add(Count.REMOTE_TIMEOUTS, 2),
                        "OVERLOAD"),
                new Case(
                        "too many connections, said after ten seconds, without time-outs",
                        RemoteThrottleTest::slowWithoutTimeouts,
                        "INCONCLUSIVE"),
                new Case(
                        "refusals with time-outs and lost connections",
                        pane -> refused(pane, 1, Count.THROTTLED)
                                .add(Count.REMOTE_TIMEOUTS, 2)
                                .add(Count.NETWORK_TROUBLE, 2),
                        "NETWORK"),
                new Case("refusals that name a reputation", RemoteThrottleTest::disreputable, "REPUTATION"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_cause_is_told_by_when_and_how_it_refuses(Case told) {
        // Given
        Scenario scenario = during(TEN_MINUTES, told.pane());

        // When
        Finding first = scenario.assess(throttle).get(0);

        // Then
        assertThat(first.cause()).isEqualTo(told.cause());
        assertThat(first.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(first.subject().destination()).isEqualTo(Destination.NAME);
    }

    @Test
    void a_policy_has_both_policies_among_its_causes_and_says_why() {
        // Given
        Scenario scenario = during(TEN_MINUTES, RemoteThrottleTest::tooManyAtOnce);

        // When
        List<Cause> causes = scenario.assess(throttle).get(0).causes();

        // Then
        assertThat(causes).extracting(Cause::name).contains("POLICY_RATE");
        assertThat(causes.stream().mapToDouble(Cause::weight).sum()).isLessThanOrEqualTo(1 + 1e-9);
        assertThat(causes.get(0).because()).contains("too many connections", "less than 1 s");
    }

    @Test
    void the_advice_is_a_lane_for_the_destination_and_never_a_global_limit_or_a_flush() {
        // Given
        Scenario scenario = during(TEN_MINUTES, RemoteThrottleTest::tooManyAtOnce);

        // When
        Advice advice = scenario.assess(throttle).get(0).advice().get(0);

        // Then
        assertThat(advice.steps())
                .anyMatch(step -> step.contains("slow_destination_concurrency_limit=8"))
                .anyMatch(step -> step.contains(Destination.NAME + " slow:"))
                .noneMatch(step -> step.contains("slow_destination_rate_delay"));
        assertThat(advice.never())
                .anyMatch(text -> text.contains("postqueue -f"))
                .anyMatch(text -> text.contains("default_destination_concurrency_limit"))
                .anyMatch(text -> text.contains("same outgoing address"))
                .anyMatch(text -> text.contains("TLS"));
        assertThat(advice.verify()).contains("AND deliveries to it rise");
    }

    @Test
    void a_rate_gets_a_delay_without_a_concurrency_limit() {
        // Given
        Scenario scenario = during(TEN_MINUTES, RemoteThrottleTest::tooFast);

        // When
        Finding first = scenario.assess(throttle).get(0);

        // Then
        assertThat(first.advice().get(0).steps())
                .anyMatch(step -> step.contains("slow_destination_rate_delay"))
                .noneMatch(step -> step.contains("slow_destination_concurrency_limit"));
    }

    @Test
    void an_overloaded_destination_is_let_recover() {
        // Given
        Scenario scenario = during(TEN_MINUTES, RemoteThrottleTest::overloaded);

        // When
        Finding first = scenario.assess(throttle).get(0);

        // Then
        assertThat(first.advice().get(0).title()).contains("recover");
    }

    @Test
    void what_is_inconclusive_names_both_hypotheses_and_begins_with_the_resolver() {
        // Given
        Scenario scenario = during(TEN_MINUTES, RemoteThrottleTest::slowWithoutTimeouts);

        // When
        Finding first = scenario.assess(throttle).get(0);

        // Then
        assertThat(first.causes()).extracting(Cause::name).contains("POLICY_CONCURRENCY", "OVERLOAD");
        assertThat(first.advice().get(0).steps().get(0)).startsWith("Resolver");
    }

    @Test
    void the_cause_of_a_bad_reputation_comes_before_delisting() {
        // Given
        Scenario scenario = during(TEN_MINUTES, RemoteThrottleTest::disreputable);

        // When
        Finding first = scenario.assess(throttle).get(0);

        // Then
        assertThat(first.advice().get(0).steps().get(0)).contains("compromised-account");
    }

    @Test
    void mail_behind_a_destination_that_is_held_for_dead_counts_though_hardly_a_connection_is_tried() {
        // Given a provider that answers nobody: Postfix tries it once in 300 s, and puts off two messages each ten
        // seconds
        Scenario scenario = away(Count.REMOTE_TIMEOUTS, 2);

        // When
        List<Finding> findings = scenario.assess(throttle);

        // Then
        Finding first = findings.get(0);
        assertThat(first.cause()).isEqualTo("NETWORK");
        assertThat(first.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(first.title()).contains("out of reach", "messages held back", "of those due");
        assertThat(first.measures()).containsKey("heldBack");
        assertThat(first.onset())
                .isBetween(
                        Scenario.START.plus(TEN_MINUTES),
                        Scenario.START.plus(TEN_MINUTES).plusSeconds(20));
        assertThat(first.pane() - Pane.of(Scenario.START.plus(TEN_MINUTES)))
                .as("within five minutes")
                .isLessThanOrEqualTo(30);
        assertThat(findings.get(findings.size() - 1).severity()).isEqualTo(Severity.HIGH);
        assertThat(findings).as("as long as it lasts").hasSizeGreaterThan((int) Pane.count(Duration.ofMinutes(50)));
    }

    @Test
    void the_silence_between_two_queue_runs_is_no_recovery_and_what_is_accepted_is() {
        // Given Exim: a destination that is away, whose mail is due each half hour for two hours
        Scenario scenario = during(TEN_MINUTES, Destination::flows);
        for (int run = 10; run < 130; run += 30) {
            for (int pane = 0; pane < 30; pane++) {
                Duration at = Duration.ofMinutes(run).plus(Pane.LENGTH.multipliedBy(pane));
                scenario.at(at, Destination.HOST, tally -> tried(tally, Count.NETWORK_TROUBLE));
            }
        }
        Duration back = Duration.ofMinutes(135);
        scenario.during(back, back.plus(TEN_MINUTES), Destination.HOST, Destination::flows);

        // When
        List<Finding> findings = scenario.assess(throttle);

        // Then
        long first = findings.get(0).pane();
        long last = findings.get(findings.size() - 1).pane();
        assertThat(findings).as("one finding without a gap").hasSize((int) (last - first) + 1);
        assertThat(last).isBetween(Pane.of(Scenario.START.plus(back)) - 30, Pane.of(Scenario.START.plus(back)) + 1);
    }

    @Test
    void a_site_that_was_never_reached_and_takes_the_mail_at_last_is_no_news() {
        // Given forty minutes in which all waits, and then all is taken
        Scenario scenario = Scenario.of(Watch.DESTINATION, "away.example");
        for (int pane = 0; pane < 240; pane++) {
            int from = 4 * pane;
            scenario.at(Pane.LENGTH.multipliedBy(pane), Destination.HOST, tally -> held(tally, from, 4));
            scenario.at(Pane.LENGTH.multipliedBy(pane), Destination.HOST, tally -> tried(tally, Count.REMOTE_TIMEOUTS));
        }
        Duration back = Duration.ofMinutes(40);
        scenario.during(back, back.plus(TEN_MINUTES), Destination.HOST, Destination::flows);

        // When / Then
        assertThat(scenario.assess(throttle)).isEmpty();
    }

    @Test
    void what_is_held_back_because_names_do_not_resolve_is_not_the_destinations_doing() {
        // Given
        Scenario scenario = away(Count.DNS_TROUBLE, 2);

        // When / Then
        assertThat(scenario.assess(throttle)).isEmpty();
    }

    @Test
    void a_few_messages_that_wait_for_a_dead_partner_are_what_queues_are_for() {
        // Given four messages that are put off all the hour
        Scenario scenario = during(TEN_MINUTES, Destination::flows)
                .during(TEN_MINUTES, Duration.ofMinutes(70), Destination.HOST, pane -> held(pane, 0, 4));
        for (int minute = 10; minute < 70; minute += 5) {
            scenario.at(Duration.ofMinutes(minute), Destination.HOST, pane -> tried(pane, Count.NETWORK_TROUBLE));
        }

        // When / Then
        assertThat(scenario.assess(throttle)).isEmpty();
    }

    /** After ten minutes in which mail flows, an hour in which each 300 s one connection is tried in vain. */
    private static Scenario away(Count why, int heldEachPane) {
        Scenario scenario = during(TEN_MINUTES, Destination::flows);
        for (int pane = 60; pane < 420; pane++) {
            int from = 100 + pane * heldEachPane;
            scenario.at(Pane.LENGTH.multipliedBy(pane), Destination.HOST, tally -> held(tally, from, heldEachPane));
        }
        for (int minute = 10; minute < 70; minute += 5) {
            scenario.at(Duration.ofMinutes(minute), Destination.HOST, pane -> tried(pane, why));
        }
        return scenario;
    }

    private static void tried(Tally pane, Count why) {
        pane.add(Count.ATTEMPTS, 1)
                .add(Count.DELIVERIES, 1)
                .add(Count.DEFERRED, 1)
                .add(why, 1)
                .add(Count.SETUP_SLOW, 1);
    }

    private static void held(Tally pane, int from, int n) {
        pane.add(Count.NOT_TRIED, n).add(Count.DELIVERIES, n).add(Count.DEFERRED, n);
        for (int i = from; i < from + n; i++) {
            pane.note(Distinct.DEFERRED_IDS, "q" + i);
        }
    }

    @Test
    void refusals_that_last_half_an_hour_are_high() {
        // Given
        Scenario scenario = during(Duration.ofMinutes(40), pane -> refused(pane, 3, Count.THROTTLED_CONNECTIONS));

        // When
        List<Finding> findings = scenario.assess(throttle);

        // Then
        assertThat(findings.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(findings.get(findings.size() - 1).severity()).isEqualTo(Severity.HIGH);
    }

    private static void tooManyAtOnce(Tally pane) {
        refused(pane, 3, Count.THROTTLED_CONNECTIONS)
                .add(Count.AT_CONNECT, 3)
                .add(Count.SETUP_FAST, 3)
                .raise(Peak.GOOD_CONCURRENCY, 10)
                .mark(Mark.POSTFIX);
    }

    private static void tooFast(Tally pane) {
        refused(pane, 3, Count.THROTTLED_RATE)
                .add(Count.IN_SESSION, 3)
                .add(Count.SETUP_FAST, 3)
                .mark(Mark.POSTFIX);
    }

    private static void overloaded(Tally pane) {
        refused(pane, 2, Count.THROTTLED_OVERLOAD)
                .add(Count.AT_CONNECT, 2)
                .add(Count.SETUP_SLOW, 3)
                .add(Count.REMOTE_TIMEOUTS, 1);
    }

    private static void slowWithoutTimeouts(Tally pane) {
        refused(pane, 3, Count.THROTTLED_CONNECTIONS).add(Count.IN_SESSION, 3).add(Count.SETUP_SLOW, 3);
    }

    private static void disreputable(Tally pane) {
        refused(pane, 3, Count.THROTTLED_REPUTATION);
    }
}
