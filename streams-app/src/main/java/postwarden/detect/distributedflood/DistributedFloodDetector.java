package postwarden.detect.distributedflood;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Earlier;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Known;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Prior;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Many strangers take a host's connections together, each below every threshold of its own, and next to none bring a message or
 * log in. Late lines only add to their pane; duplicates are removed before tallies.
 */
public final class DistributedFloodDetector implements KeyDetector {
    private static final String ID = "distributed-flood";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.SERVER, Span.HOST, Set.of());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** A message is logged seconds after its connection. */
    private static final Duration YIELD = Duration.ofMinutes(2);

    private static final Duration LOOK_BACK = Duration.ofMinutes(10);

    private final DistributedFloodParams params;

    public DistributedFloodDetector(DistributedFloodParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    /** A crowd's minute has one pane in six with a sixth of the floor; half of that is asked for. */
    @Override
    public boolean mayConcern(Tally pane) {
        int least = Math.min(params.clients(), params.small().clients());
        return pane.count(Count.CONNECTS) * 12 >= least && pane.distinct(Distinct.CLIENTS) * 12 >= least;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        return assess(view, open, CrowdFloor.large(params)).or(() -> assess(view, open, CrowdFloor.small(params)));
    }

    private Optional<Finding> assess(View view, boolean open, CrowdFloor floor) {
        double factor = open ? params.openFactor() : 1;
        Tally window = view.window(MINUTE);
        CrowdMinute minute = CrowdMinute.of(window);
        if (!isCrowd(minute, floor, factor)
                || CrowdMinute.of(view.window(YIELD)).productive() >= floor.productiveShare()) {
            return Optional.empty();
        }
        if (!open && !(lasts(view, minute, floor) && isUnusual(view, minute, floor))) {
            return Optional.empty();
        }
        Instant onset = Onset.of(view, LOOK_BACK, Count.CONNECTS);
        double strangers = strangers(view, window, onset);
        // Who fails at TLS and brought mail before is kept out by us: handshake-churn says so.
        boolean keptOut = minute.handshakeShare() >= params.handshakes();
        return open || strangers >= (keptOut ? params.strangersAtHandshakes() : floor.strangers())
                ? Optional.of(finding(view, window, minute, floor, onset, strangers))
                : Optional.empty();
    }

    private boolean isCrowd(CrowdMinute minute, CrowdFloor floor, double factor) {
        return minute.clients() >= factor * floor.clients()
                && minute.connectsPerClient() <= params.connectsPerClient() / factor;
    }

    private boolean lasts(View view, CrowdMinute minute, CrowdFloor floor) {
        return minute.clients() >= floor.immediate()
                || floor.persistence().met(view, past -> isCrowd(CrowdMinute.of(past), floor, 1));
    }

    private boolean isUnusual(View view, CrowdMinute minute, CrowdFloor floor) {
        long usualConnects = usualConnects(view);
        long usualClients = Earlier.median(view, MINUTE, tally -> tally.distinct(Distinct.CLIENTS));
        Prior usual = new Prior(
                Math.max(params.usual().mean(), (double) usualConnects),
                params.usual().dispersion());
        boolean known = Earlier.isKnown(view)
                || (minute.clients() >= params.newHostFactor() * params.clients()
                        && minute.connectsPerClient() <= params.newHostConnectsPerClient());
        return known
                && Baseline.NONE.tail((double) minute.connects(), 1, usual) < params.tail()
                && minute.connects() >= floor.growth() * usualConnects
                && minute.clients() >= floor.growth() * usualClients;
    }

    private static long usualConnects(View view) {
        return Earlier.median(view, MINUTE, tally -> tally.count(Count.CONNECTS));
    }

    /** Share of the clients that had never brought a message; 1 where that cannot be told. */
    private static double strangers(View view, Tally window, Instant onset) {
        return 1
                - Known.share(window.sketch(Distinct.CLIENTS), view, Distinct.DELIVERERS, onset)
                        .orElse(0);
    }

    private Finding finding(
            View view, Tally window, CrowdMinute minute, CrowdFloor floor, Instant onset, double strangers) {
        String host = view.host();
        Tally lately = view.window(YIELD);
        List<Cause> causes = CrowdCauses.of(lately, strangers);
        String cause = causes.get(0).name();
        return new Finding(
                ID,
                VERSION,
                view.key(),
                host,
                view.pane(),
                new Subject(host, "", "", "", "", "", ""),
                onset,
                floor.grade(),
                0.9,
                causes,
                Say.count(minute.clients(), "client") + " flood " + host + " together: "
                        + Say.count(minute.connects(), "connection") + " in a minute",
                Say.percent(CrowdMinute.of(lately).productive())
                        + " of the connections led to a message or a login, and "
                        + Say.percent(strangers)
                        + " of the clients had never brought one. In a usual minute the host sees "
                        + usualConnects(view)
                        + " connections. No client alone is above its"
                        + " threshold: on average each made " + Say.number(minute.connectsPerClient()) + ".",
                new TreeMap<>(Map.of(
                        "connectsPerMinute",
                        (double) minute.connects(),
                        "clients",
                        (double) minute.clients(),
                        "connectsPerClient",
                        minute.connectsPerClient(),
                        "productiveShare",
                        CrowdMinute.of(lately).productive(),
                        "strangers",
                        strangers,
                        "serverLimits",
                        (double) lately.count(Count.SERVER_LIMITS))),
                new TreeMap<>(Map.of(
                        "clients", (double) floor.clients(),
                        "connectsPerClient", params.connectsPerClient(),
                        "productiveShare", floor.productiveShare(),
                        "strangers", floor.strangers())),
                Map.of(),
                Evidence.of(
                        lately, Count.SERVER_LIMITS, Count.CLIENT_LIMITS, Count.BARREN_SESSIONS, Count.SPAM_REJECTS),
                CrowdAdvice.of(host, lately),
                cause.equals("PASSWORD_GUESSING") ? "T1110" : "T1499.002",
                window.has(Mark.LOG_GAP),
                List.of(
                        "Exim logs connections with log_selector = +smtp_connection only; Dovecot logs none.",
                        "Clients are counted by a sketch, within 2.4 %."));
    }
}
