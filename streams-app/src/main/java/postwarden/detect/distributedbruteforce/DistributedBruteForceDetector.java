package postwarden.detect.distributedbruteforce;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.Usual;
import postwarden.detect.View;
import postwarden.detect.reading.Cadence;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Guessing;
import postwarden.detect.reading.Ordinary;
import postwarden.detect.reading.Say;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Many addresses, each only a few times, guess the password of one account, anywhere in the fleet: what no limit by address
 * can see. Late lines only add to their pane; duplicates are removed before tallies.
 */
public final class DistributedBruteForceDetector implements KeyDetector {
    private static final String ID = "distributed-brute-force";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.ACCOUNT, Span.FLEET, Set.of(Count.AUTH_FAILURES));

    private final DistributedBruteForceParams params;

    public DistributedBruteForceDetector(DistributedBruteForceParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.AUTH_FAILURES) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        // The floor before the rest: nearly every refused login is one person's mistyped password.
        if (view.window(params.window()).count(Count.AUTH_FAILURES) < factor * params.failures()) {
            return Optional.empty();
        }
        return Guessing.in(view, params.window())
                .filter(guessing -> isDistributed(guessing, factor))
                .filter(guessing ->
                        open || (isUnusual(view, guessing) && isLasting(view) && !isRoaming(view, guessing)))
                .map(guessing -> finding(view, guessing));
    }

    private boolean isDistributed(Guessing guessing, double factor) {
        return guessing.strangers() >= factor * params.sources()
                && guessing.attemptsPerSource() <= params.attemptsPerSource() / factor
                && !guessing.isStale();
    }

    private boolean isUnusual(View view, Guessing guessing) {
        return ordinary(view, guessing).tail() < params.tail();
    }

    private Ordinary ordinary(View view, Guessing guessing) {
        return Ordinary.of(view, Count.AUTH_FAILURES, guessing.failures(), params.window(), params.usual());
    }

    private boolean isLasting(View view) {
        return params.persistence().met(view, minute -> minute.count(Count.AUTH_FAILURES) > 0);
    }

    /** A device with an old password that gets another address of its carrier each time: as even as a timer, from one system. */
    private boolean isRoaming(View view, Guessing guessing) {
        return guessing.systems() == 1
                && guessing.passwords() == 0
                && Cadence.since(view, guessing.onset(), Count.AUTH_FAILURES).isTimer(params.devicePerMinute());
    }

    private Finding finding(View view, Guessing guessing) {
        String account = view.key().name();
        Tally window = view.window(params.window());
        Baseline baseline = ordinary(view, guessing).baseline();
        boolean inUse = view.past().count(Count.AUTH_SUCCESSES) + window.count(Count.AUTH_SUCCESSES) > 0;
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                Subject.account(account),
                guessing.onset(),
                inUse
                        ? Severity.HIGH.because("somebody uses the account, so a guess can succeed")
                        : Severity.MEDIUM.because(
                                "nobody is known to use the account; if it does not exist, no guess can succeed"),
                confidence(guessing),
                causes(guessing),
                Say.printable(account) + " is being guessed: " + guessing.failures() + " refused logins from "
                        + Say.count(guessing.sources(), "address"),
                summary(view, guessing, inUse),
                new TreeMap<>(measures(view, guessing)),
                new TreeMap<>(Map.of(
                        "authFailures", (double) params.failures(),
                        "distinctUnknownFailureClients", (double) params.sources(),
                        "attemptsPerSource", params.attemptsPerSource())),
                Map.of("authFailures", Usual.of(baseline, params.usual())),
                Evidence.of(window, Count.AUTH_FAILURES, Count.AUTH_SUCCESSES),
                BruteForceAdvice.of(account, window),
                "T1110.001",
                window.has(Mark.LOG_GAP),
                blindSpots(window));
    }

    private static double confidence(Guessing guessing) {
        double spread = Math.min(1, guessing.strangers() / 45.0);
        double unknown = guessing.sources() == 0 ? 0 : (double) guessing.strangers() / guessing.sources();
        return Math.min(0.98, 0.6 + 0.25 * spread + 0.13 * unknown);
    }

    private static List<Cause> causes(Guessing guessing) {
        double guessed = confidence(guessing);
        return List.of(
                new Cause(
                        "DISTRIBUTED_GUESSING",
                        guessed,
                        guessing.strangers() + " of " + guessing.sources()
                                + " addresses had never logged in as the account,"
                                + " with " + Say.number(guessing.attemptsPerSource()) + " attempts each"
                                + passwords(guessing)),
                new Cause(
                        "STALE_CREDENTIAL",
                        1 - guessed,
                        guessing.sources() - guessing.strangers()
                                + " of the addresses had logged in as the account before; devices with an old password"
                                + " come from few addresses and repeat one password"));
    }

    private static String passwords(Guessing guessing) {
        return guessing.passwords() == 0 ? "" : " and " + guessing.passwords() + " different passwords";
    }

    private String summary(View view, Guessing guessing, boolean inUse) {
        return "Each address tried " + Say.number(guessing.attemptsPerSource())
                + " times on average, too few for a limit by address. Seen on "
                + Say.count(view.hosts(params.window()).size(), "host") + ". "
                + (inUse
                        ? "The account is in use: watch for a login from an address that never logged in before."
                        : "No login of this account has been seen; it may not exist.");
    }

    private Map<String, Double> measures(View view, Guessing guessing) {
        return Map.of(
                "hosts", (double) view.hosts(params.window()).size(),
                "authFailures", (double) guessing.failures(),
                "distinctFailureClients", (double) guessing.sources(),
                "distinctUnknownFailureClients", (double) guessing.strangers(),
                "attemptsPerSource", guessing.attemptsPerSource(),
                "distinctPasswords", (double) guessing.passwords());
    }

    private static List<String> blindSpots(Tally window) {
        return window.distinct(Distinct.PASSWORDS) > 0
                ? List.of()
                : List.of(
                        "Whether the same password is tried again and again is not known: Dovecot logs a short hash with"
                                + " auth_verbose = yes and auth_verbose_passwords = sha1:6.");
    }
}
