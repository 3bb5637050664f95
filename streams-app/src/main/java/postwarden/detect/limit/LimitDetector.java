package postwarden.detect.limit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.detect.Finding;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Onset;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;

/**
 * A daemon says that a limit was reached. That is never in doubt; what it means, whether anybody must look, and what to change
 * depends on whose limit it is, so each limit is a {@link LimitRule}. Late lines only add to their pane; duplicates are removed
 * before tallies.
 */
public final class LimitDetector implements KeyDetector {
    private static final int VERSION = 1;
    /** A statement is never in doubt, its cause is: that has a weight of its own. */
    private static final double CONFIDENCE = 0.95;

    private static final String STATEMENTS = "statements";

    private final LimitRule rule;
    private final LimitParams params;

    private LimitDetector(LimitRule rule, LimitParams params) {
        this.rule = rule;
        this.params = params;
    }

    /** One SMTP client is held at a limit of its own. */
    public static KeyDetector clientLimit(LimitParams params) {
        return new LimitDetector(ClientLimit.RULE, params);
    }

    /** A server has no slot left for anybody. */
    public static KeyDetector serverLimit(LimitParams params) {
        return new LimitDetector(ServerLimit.RULE, params);
    }

    /** Messages are accepted and wait for a queue run. */
    public static KeyDetector queueOnly(LimitParams params) {
        return new LimitDetector(QueueOnly.RULE, params);
    }

    /** Connections are refused because of the load. */
    public static KeyDetector loadShedding(LimitParams params) {
        return new LimitDetector(LoadShedding.RULE, params);
    }

    /** A host has no space left for mail. */
    public static KeyDetector queueIo(LimitParams params) {
        return new LimitDetector(QueueIo.RULE, params);
    }

    /** One FTP client is held at its limit of sessions. */
    public static KeyDetector ftpLimit(LimitParams params) {
        return new LimitDetector(FtpLimit.RULE, params);
    }

    /** The mail programs of one user want more sessions than one user may have. */
    public static KeyDetector mailboxLimit(LimitParams params) {
        return new LimitDetector(MailboxLimit.RULE, params);
    }

    @Override
    public Scope scope() {
        return rule.scope();
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return rule.concerns().test(pane);
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        Duration length = isHeld(view, open) ? params.hold() : params.window();
        Tally window = view.window(length);
        long said = rule.said().times(window, window);
        boolean holds = open
                ? said >= Math.max(1, params.openFactor() * params.floor())
                : said >= params.immediate() || (said > 0 && isLasting(view, window));
        return holds ? Optional.of(finding(new Sight(view, params, window, length, said))) : Optional.empty();
    }

    /** Whether all that still speaks for an open finding is a statement that Postfix makes once in a while; Dovecot makes it each second. */
    private boolean isHeld(View view, boolean open) {
        if (!open || params.hold().compareTo(params.window()) <= 0) {
            return false;
        }
        Tally window = view.window(params.window());
        Tally hold = view.window(params.hold());
        return rule.said().times(window, window) == 0
                && hold.count(Count.SATURATIONS) > 0
                && !hold.has(Mark.IMAP)
                && !hold.has(Mark.POP3);
    }

    private boolean isLasting(View view, Tally window) {
        return params.persistence().met(view, part -> rule.said().times(part, window) >= params.floor());
    }

    private Finding finding(Sight sight) {
        View view = sight.view();
        Tally window = sight.window();
        Told told = rule.telling().of(sight);
        SortedMap<String, Double> measures = new TreeMap<>(told.measures());
        measures.put(STATEMENTS, (double) sight.said());
        return new Finding(
                id(),
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                subject(view),
                Onset.of(view, sight.length(), rule.onset()),
                told.grade(),
                CONFIDENCE,
                told.causes(),
                told.title(),
                told.summary(),
                measures,
                new TreeMap<>(Map.of(STATEMENTS, (double) params.floor())),
                Map.of(),
                Evidence.of(window, told.evidence().toArray(Count[]::new)),
                told.advice(),
                told.technique(),
                window.has(Mark.LOG_GAP),
                told.blindSpots());
    }

    private Subject subject(View view) {
        String name = view.key().name();
        return switch (rule.scope().watch()) {
            case CLIENT -> Subject.client(view.host(), name);
            case ACCOUNT -> new Subject(view.host(), "", name, "", "", "", "");
            case SERVER, SENDER, DESTINATION -> new Subject(view.host(), "", "", "", "", "", "");
        };
    }
}
