package postwarden.detect.handshakechurn;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Earlier;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Known;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Many clients connect to a host and leave before they try anything. It looks like a flood and is mostly ours: a certificate that
 * has expired, a name that does not resolve back. So it asks whether those who leave are those who used to bring mail. Late lines
 * only add to their pane; duplicates are removed before tallies.
 */
public final class HandshakeChurnDetector implements KeyDetector {
    private static final String ID = "handshake-churn";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.SERVER, Span.HOST, Set.of());
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration LOOK_BACK = Duration.ofMinutes(20);
    /** Panes in a window. */
    private static final int PANES = 30;
    /** Messages of a usual window below which fewer of them are chance. */
    private static final int FEW = 30;

    private final HandshakeChurnParams params;

    public HandshakeChurnDetector(HandshakeChurnParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    /** One pane of a window above the floor has at least its part; half of that is asked for. */
    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.BARREN_SESSIONS) * 2 * PANES >= params.ownFactor() * params.sessions();
    }

    /** Those who do not come over lunch mend nothing: some must come and be well. */
    @Override
    public Duration hold(View view, Duration usual) {
        boolean recovered = new SlowChurn(params).isOver(view);
        return recovered || usual.compareTo(params.quiet()) >= 0 ? usual : params.quiet();
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        Optional<Finding> soon = inMinutes(view, open);
        return soon.isPresent() ? soon : new SlowChurn(params).look(view, open).map(seen -> finding(view, seen));
    }

    private Optional<Finding> inMinutes(View view, boolean open) {
        double factor = open ? params.openFactor() : 1;
        Tally window = view.window(WINDOW);
        Churn churn = Churn.of(window);
        if (!isChurn(churn, factor, params.ownFactor())) {
            return Optional.empty();
        }
        Instant onset = Onset.of(view, LOOK_BACK, Count.BARREN_SESSIONS);
        OptionalDouble known = Known.share(window.sketch(Distinct.BARREN_CLIENTS), view, Distinct.DELIVERERS, onset);
        Fault fault = new Fault(churn.handshakeShare(), known, messagesLeft(view, window));
        boolean told = fault.isOurs(params) || isChurn(churn, factor, params.strangersFactor());
        boolean starts = open
                || (params.persistence().met(view, past -> isChurn(Churn.of(past), 1, params.ownFactor()))
                        && isUnusual(view, churn, fault));
        return told && starts
                ? Optional.of(finding(view, new Seen(WINDOW, window, churn, fault, onset)))
                : Optional.empty();
    }

    /** Whether it is at {@code times} the floors; different clients are asked for however sure the rest is. */
    private boolean isChurn(Churn churn, double factor, double times) {
        return churn.barren() >= factor * times * params.sessions()
                && churn.clients() >= factor * Math.max(1, times) * params.clients()
                && churn.share() >= factor * Math.min(1, times) * params.share()
                && churn.perClient() <= params.sessionsPerClient();
    }

    /** Of a host of which no hour is known, only its own senders say that something is wrong. */
    private boolean isUnusual(View view, Churn churn, Fault fault) {
        return (Earlier.isKnown(view) || fault.knownShare() >= params.ours())
                && churn.barren() >= params.growth() * usual(view, Count.BARREN_SESSIONS);
    }

    private static long usual(View view, Count count) {
        return Earlier.median(view, WINDOW, tally -> tally.count(count));
    }

    /** Messages as a share of the usual; 1 where nothing is known of that. */
    private static double messagesLeft(View view, Tally window) {
        long usual = usual(view, Count.MESSAGES);
        return usual < FEW ? 1 : (double) window.count(Count.MESSAGES) / usual;
    }

    /** What a window of this length showed. */
    record Seen(Duration length, Tally window, Churn churn, Fault fault, Instant onset) {}

    private Finding finding(View view, Seen seen) {
        Tally window = seen.window();
        Churn churn = seen.churn();
        Fault fault = seen.fault();
        String host = view.host();
        List<Cause> causes = causes(fault);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                host,
                view.pane(),
                new Subject(host, "", "", "", "", "", ""),
                seen.onset(),
                fault.isOurs(params)
                        ? Severity.MEDIUM.because("partners fail at our side: mail does not come in until it is mended")
                        : Severity.LOW.because("nothing shows that the fault is ours, and mail comes in"),
                0.85,
                causes,
                Say.count(churn.clients(), "client") + " connect to " + host + " and leave at once: " + churn.barren()
                        + " of " + churn.all() + " sessions in " + seen.length().toMinutes() + " minutes",
                Say.percent(fault.knownShare()) + " of these clients had brought mail before, "
                        + Say.percent(fault.handshakes())
                        + " of the sessions had a failed TLS handshake, and messages are at "
                        + Say.percent(Math.min(9.99, fault.messagesLeft()))
                        + " of the usual. It is no flood: the host is not short of"
                        + " anything.",
                new TreeMap<>(Map.of(
                        "barrenSessions", (double) churn.barren(),
                        "clients", (double) churn.clients(),
                        "share", churn.share(),
                        "knownShare", fault.knownShare(),
                        "handshakeShare", fault.handshakes(),
                        "messagesLeft", fault.messagesLeft())),
                new TreeMap<>(Map.of(
                        "barrenSessions",
                        (double) params.sessions(),
                        "clients",
                        (double) params.clients(),
                        "share",
                        params.share(),
                        "knownShare",
                        params.ours())),
                Map.of(),
                Evidence.of(window, Count.BARREN_SESSIONS, Count.TLS_ERRORS),
                List.of(ChurnAdvice.of(host, window)),
                "",
                window.has(Mark.LOG_GAP),
                List.of(
                        "Postfix before 2.11 does not count a session's commands; Exim tells of such sessions with log_selector ="
                                + " +smtp_no_mail only.",
                        "Why a client left stands in its own log."));
    }

    private List<Cause> causes(Fault fault) {
        return new Weighing()
                .add(
                        "OWN_TLS",
                        fault.handshakes() >= params.ours() ? 4 * fault.handshakes() : 0,
                        Say.percent(fault.handshakes()) + " of the sessions had a TLS handshake that failed")
                .add(
                        "OWN_NAME_OR_POLICY",
                        // What a failed handshake explains needs no other explanation.
                        fault.isOurs(params) ? (1 + 2 * fault.knownShare()) * (1 - fault.handshakes()) : 0,
                        Say.percent(fault.knownShare())
                                + " of the clients had brought mail before, and messages are at "
                                + Say.percent(Math.min(9.99, fault.messagesLeft())) + " of the usual")
                .add(
                        "SCANNERS",
                        fault.isOurs(params) ? 0.5 : 2,
                        Say.percent(1 - fault.knownShare()) + " of the clients never brought mail")
                .causes();
    }
}
