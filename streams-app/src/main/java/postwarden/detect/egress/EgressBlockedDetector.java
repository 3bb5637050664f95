package postwarden.detect.egress;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
import postwarden.detect.reading.Weighing;
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

    /** Weight of the cause that stays; nothing that a window says weighs more than 1. */
    private static final double KEPT = 1;

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
            return goesOn(view).map(length -> goingOn(view, length));
        }
        // A long window is full of it for a while when it is over.
        if (!mayConcern(view.window(Pane.LENGTH)) || goesOn(view).isEmpty()) {
            return Optional.empty();
        }
        return params.windows().stream()
                .filter(length -> isBlocked(view, view.window(length)))
                .findFirst()
                .map(length -> finding(view, length, ""));
    }

    /**
     * An open finding rests on as much as a new one would: on the shortest window that would be told by itself, from the one on
     * that shows that it goes on. Where none is left, as on a host that hardly writes, all that is seen speaks, and the cause stays.
     */
    private Finding goingOn(View view, Duration shown) {
        Optional<Duration> strong = params.windows().stream()
                .filter(length -> length.compareTo(shown) >= 0 && isBlocked(view, view.window(length)))
                .findFirst();
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

    private boolean isBlocked(View view, Tally window) {
        long unreached = window.count(Count.FIRST_UNREACHED);
        long all = attempts(window);
        return window.count(Count.FIRST_REACHED) <= params.reached() * all
                && window.distinct(Distinct.UNREACHED_DOMAINS) >= params.domains()
                && Odds.atLeast(unreached, all, usual(view)) < params.tail();
    }

    /** The shortest window in which anything was tried for the first time or taken, if that shows that it goes on. */
    private Optional<Duration> goesOn(View view) {
        Duration length = params.windows().get(0);
        while (isSilent(view.window(length)) && length.compareTo(params.hold()) < 0) {
            length = length.plus(MINUTE);
        }
        Tally window = view.window(length);
        long unreached = window.count(Count.FIRST_UNREACHED);
        return unreached > 0 && unreached >= params.openFactor() * attempts(window)
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
        List<Cause> causes = causes(window, kept);
        long unreached = window.count(Count.FIRST_UNREACHED);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                new Subject(view.host(), "", "", "", "", "", ""),
                Onset.of(view, LOOK_BACK, Count.FIRST_UNREACHED),
                Severity.CRITICAL.because("no mail leaves the host, and senders learn it in hours or days"),
                0.95,
                causes,
                "Nothing leaves " + view.host() + ": nobody answered " + unreached + " of " + attempts(window)
                        + " first attempts in " + Say.number(length.toSeconds() / 60.0) + " min, to "
                        + Say.count(window.distinct(Distinct.UNREACHED_DOMAINS), "domain"),
                "So many unrelated destinations do not fail at once: it is this host's way out. Mail waits in the queue and"
                        + " is delivered when the way is open again. Likeliest cause: "
                        + causes.get(0).name() + " ("
                        + causes.get(0).because() + ").",
                new TreeMap<>(measures(window, length)),
                new TreeMap<>(Map.of(
                        Count.FIRST_REACHED.measure(),
                        params.reached() * attempts(window),
                        Distinct.UNREACHED_DOMAINS.measure(),
                        (double) params.domains())),
                Map.of(),
                Evidence.of(window, Count.FIRST_UNREACHED),
                EgressAdvice.blocked(view.host(), causes.get(0).name(), window),
                "",
                window.has(Mark.LOG_GAP),
                List.of(
                        "What the firewall, the provider and the resolver say is not in a mail log.",
                        "Which relay a message was for is not in every line, so a dead smarthost may look like a closed way."));
    }

    private Map<String, Double> measures(Tally window, Duration length) {
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
                Count.REMOTE_TIMEOUTS.measure(),
                (double) window.count(Count.REMOTE_TIMEOUTS),
                Count.NETWORK_TROUBLE.measure(),
                (double) window.count(Count.NETWORK_TROUBLE),
                Count.DNS_TROUBLE.measure(),
                (double) window.count(Count.DNS_TROUBLE),
                Count.TLS_TROUBLE.measure(),
                (double) window.count(Count.TLS_TROUBLE));
    }

    private List<Cause> causes(Tally window, String kept) {
        long late = window.count(Count.REMOTE_TIMEOUTS);
        long broken = window.count(Count.NETWORK_TROUBLE);
        long names = window.count(Count.DNS_TROUBLE);
        long tls = window.count(Count.TLS_TROUBLE);
        double all = Math.max(1, late + broken + names + tls);
        long relays = window.distinct(Distinct.RELAYS);
        boolean one = relays > 0 && relays <= params.relays();
        double way = (late + broken) / all;
        return new Weighing()
                .add(
                        EgressAdvice.PORT_BLOCKED,
                        one ? 0.1 * way : 0.05 + 0.8 * way,
                        late + " connections timed out, " + broken + " were refused, lost or had no route, to "
                                + (relays == 0 ? "relays that are not named" : Say.count(relays, "relay")))
                .add(
                        EgressAdvice.SMARTHOST_DOWN,
                        one ? 0.8 * way : 0.05 * way,
                        one
                                ? "all of them were to " + Say.count(relays, "relay")
                                : "all mail may go by one relay that its lines do not name")
                .add(EgressAdvice.NO_NETWORK, 0.15 * broken / all, "where the whole network is gone it looks the same")
                .add(EgressAdvice.RESOLVER, names / all, names + " times a name did not resolve for now")
                .add(EgressAdvice.OWN_TLS, tls / all, tls + " handshakes failed")
                .keeping(kept, KEPT, "more spoke for it when it was found than speaks for another now")
                .causes();
    }
}
