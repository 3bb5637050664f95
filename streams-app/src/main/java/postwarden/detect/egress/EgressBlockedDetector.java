package postwarden.detect.egress;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.KeyDetector;
import postwarden.detect.OpenFinding;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.UsualShare;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Odds;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Nothing leaves a host any more: whomever it writes to, nobody answers. A destination that is away is {@code remote-throttle}'s; a
 * queue of mail that nobody will ever take is retries alone. Late lines only add to their pane; duplicates are removed before
 * tallies.
 */
public final class EgressBlockedDetector implements KeyDetector {
    private static final String ID = "egress-blocked";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.SERVER, Span.HOST, Set.of());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** How far back the beginning is looked for. */
    private static final Duration LOOK_BACK = Duration.ofHours(1);

    private final EgressBlockedParams params;

    public EgressBlockedDetector(EgressBlockedParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.FIRST_UNREACHED) > 0;
    }

    /** What was met while it went on is not what is usual. */
    @Override
    public boolean doubts(View view) {
        return view.found(ID).isPresent();
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (open) {
            return goesOn(view, isWhole(view) ? 1 : params.partly()).map(length -> goingOn(view, length));
        }
        // A long window is full of it for a while when it is over.
        if (!mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        return first(length -> isBlocked(view, view.window(length)))
                .filter(length -> goesOn(view, 1).isPresent())
                .or(() -> first(length -> isPartlyBlocked(view, length))
                        .filter(length -> goesOn(view, params.partly()).isPresent()))
                .map(length -> finding(view, length, ""));
    }

    private Optional<Duration> first(Predicate<Duration> length) {
        return params.windows().stream().filter(length).findFirst();
    }

    /**
     * An open finding rests on as much as a new one would: on the shortest window that would be told by itself, from the one on
     * that shows that it goes on. Where none is left, as on a host that hardly writes, all that is seen speaks, and the cause stays.
     */
    private Finding goingOn(View view, Duration shown) {
        Optional<Duration> strong = first(length -> length.compareTo(shown) >= 0 && isFound(view, length));
        if (strong.isPresent()) {
            return finding(view, strong.get(), "");
        }
        Duration longest =
                params.windows().stream().max(Comparator.naturalOrder()).orElse(shown);
        return finding(
                view,
                longest.compareTo(shown) >= 0 ? longest : shown,
                view.found(ID, "").map(OpenFinding::cause).orElse(""));
    }

    /** As it would be found anew: nothing at all while it is told as a whole, or a part as well. */
    private boolean isFound(View view, Duration length) {
        return isBlocked(view, view.window(length)) || (!isWhole(view) && isPartlyBlocked(view, length));
    }

    private boolean isBlocked(View view, Tally window) {
        long unreached = window.count(Count.FIRST_UNREACHED);
        long all = attempts(window);
        return window.count(Count.FIRST_REACHED) <= params.reached() * all
                && window.distinct(Distinct.UNREACHED_DOMAINS) >= params.domains()
                && Odds.atLeast(unreached, all, usual(view)) < params.tail();
    }

    /** The same share of all that is tried fails, whomever it is for, and does so for a while. */
    private boolean isPartlyBlocked(View view, Duration length) {
        return length.multipliedBy(2).compareTo(LOOK_BACK) <= 0
                && isPartlyBlocked(view, view.window(length))
                && isPartlyBlocked(view, view.window(length, Pane.count(length)));
    }

    private boolean isPartlyBlocked(View view, Tally window) {
        long unreached = window.count(Count.FIRST_UNREACHED);
        long all = attempts(window);
        long networks = window.distinct(Distinct.UNREACHED_NETWORKS);
        return unreached >= params.partly() * all
                && networks >= params.domains()
                && networks >= params.networks() * window.distinct(Distinct.UNREACHED_DOMAINS)
                && Odds.atLeast(unreached, all, usual(view)) < params.tail();
    }

    /**
     * The shortest window in which anything was tried for the first time or taken, if that shows that it goes on.
     *
     * @param share that had to fail, of which {@code openFactor} is enough
     */
    private Optional<Duration> goesOn(View view, double share) {
        Duration length = params.windows().get(0);
        while (isSilent(view.window(length)) && length.compareTo(params.hold()) < 0) {
            length = length.plus(MINUTE);
        }
        Tally window = view.window(length);
        long unreached = window.count(Count.FIRST_UNREACHED);
        return unreached > 0 && unreached >= params.openFactor() * share * attempts(window)
                ? Optional.of(length)
                : Optional.empty();
    }

    private static boolean isSilent(Tally window) {
        return attempts(window) == 0 && window.count(Count.SENT) == 0;
    }

    private static long attempts(Tally window) {
        return window.sum(Count.FIRST_REACHED, Count.FIRST_UNREACHED);
    }

    /** The share that nobody answers on this host, which an ordinary one has too. */
    private double usual(View view) {
        Tally past = view.past();
        return UsualShare.of(past.count(Count.FIRST_UNREACHED), attempts(past), params.unanswered(), params.believed());
    }

    /** @param kept the cause that stays whatever this window says; empty for what the window says */
    private Finding finding(View view, Duration length, String kept) {
        Tally window = view.window(length);
        boolean whole = isWhole(view) || isBlocked(view, window);
        List<Cause> causes = EgressCauses.of(window, params, whole, kept);
        long unreached = window.count(Count.FIRST_UNREACHED);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                new Subject(view.host(), "", "", "", "", "", ""),
                Onset.of(view, LOOK_BACK, Count.FIRST_UNREACHED),
                whole
                        ? Severity.CRITICAL.because("no mail leaves the host, and senders learn it in hours or days")
                        : Severity.HIGH.because("much of the host's mail waits, whomever it is for"),
                0.95,
                causes,
                (whole ? "Nothing leaves " : "Half of the way out is gone on ") + view.host() + ": nobody answered "
                        + unreached + " of " + attempts(window)
                        + " first attempts in " + Say.number(length.toSeconds() / 60.0) + " min, to "
                        + Say.count(window.distinct(Distinct.UNREACHED_DOMAINS), "domain"),
                "So many unrelated destinations do not fail at once: it is this host's way out. Mail waits in the queue and"
                        + " is delivered when the way is open again. Likeliest cause: "
                        + causes.get(0).name() + " ("
                        + causes.get(0).because() + ").",
                new TreeMap<>(measures(window, length)),
                new TreeMap<>(thresholds(window, whole)),
                Map.of(),
                Evidence.of(window, Count.FIRST_UNREACHED),
                EgressAdvice.blocked(view.host(), causes.get(0).name(), window),
                "",
                window.has(Mark.LOG_GAP),
                List.of(
                        "What the firewall, the provider and the resolver say is not in a mail log.",
                        "Which relay a message was for is not in every line, so a dead smarthost may look like a closed way."));
    }

    /** Whether it was told as a whole, and stays so while it goes on: its last minutes are half a way out as well. */
    private static boolean isWhole(View view) {
        return view.found(ID).filter(Severity.CRITICAL::equals).isPresent();
    }

    private Map<String, Double> thresholds(Tally window, boolean whole) {
        return whole
                ? Map.of(
                        Count.FIRST_REACHED.measure(),
                        params.reached() * attempts(window),
                        Distinct.UNREACHED_DOMAINS.measure(),
                        (double) params.domains())
                : Map.of(
                        Count.FIRST_UNREACHED.measure(),
                        params.partly() * attempts(window),
                        Distinct.UNREACHED_NETWORKS.measure(),
                        (double) params.domains());
    }

    private static Map<String, Double> measures(Tally window, Duration length) {
        return Map.of(
                "windowMinutes",
                length.toSeconds() / 60.0,
                "attempts",
                (double) attempts(window),
                Count.FIRST_REACHED.measure(),
                (double) window.count(Count.FIRST_REACHED),
                Count.FIRST_UNREACHED.measure(),
                (double) window.count(Count.FIRST_UNREACHED),
                Distinct.UNREACHED_DOMAINS.measure(),
                (double) window.distinct(Distinct.UNREACHED_DOMAINS),
                Distinct.UNREACHED_NETWORKS.measure(),
                (double) window.distinct(Distinct.UNREACHED_NETWORKS),
                Count.REMOTE_TIMEOUTS.measure(),
                (double) window.count(Count.REMOTE_TIMEOUTS),
                Count.NETWORK_TROUBLE.measure(),
                (double) window.count(Count.NETWORK_TROUBLE),
                Count.DNS_TROUBLE.measure(),
                (double) window.count(Count.DNS_TROUBLE),
                Count.TLS_TROUBLE.measure(),
                (double) window.count(Count.TLS_TROUBLE));
    }
}
