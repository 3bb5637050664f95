package postwarden.detect.panellimit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * A control panel, a policy service or a smarthost states that an account has used up its sending limit, or that its outgoing
 * mail is held. The statement is believed at once; whether mail is lost or only late makes the difference. Late lines only add
 * to their pane; duplicates are removed before tallies.
 */
public final class PanelLimitDetector implements KeyDetector {
    private static final String ID = "panel-limit";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.ACCOUNT, Span.FLEET, Set.of());

    private final PanelLimitParams params;

    public PanelLimitDetector(PanelLimitParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return stated(pane) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        Tally window = view.window(params.window());
        return stated(window) > 0 ? Optional.of(finding(view, window)) : Optional.empty();
    }

    private static long stated(Tally tally) {
        return tally.sum(Count.PANEL_LIMITS, Count.PANEL_FAILURE_LIMITS, Count.PANEL_HOLDS);
    }

    private Finding finding(View view, Tally window) {
        String account = view.key().name();
        long discards = window.count(Count.PANEL_DISCARDS);
        List<Cause> causes = causes(window);
        Count worst = Count.valueOf(causes.get(0).name());
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                Subject.account(account),
                Onset.of(view, params.window(), worst),
                discards >= params.discards()
                        ? Severity.MEDIUM.because("mail was lost, and its senders do not know")
                        : Severity.INFO.because("the limit does what it is for"),
                0.99,
                causes.stream().map(PanelLimitDetector::named).toList(),
                Say.printable(account)
                        + title(worst, window)
                        + (discards > 0 ? ", and " + Say.count(discards, "message") + " of it were thrown away" : ""),
                discards > 0
                        ? "Thrown away means lost: the sender was told nothing by this host."
                        : "The messages wait or are refused, so their senders know.",
                new TreeMap<>(Map.of(
                        "statements", (double) stated(window),
                        "discarded", (double) discards,
                        "limit", (double) window.peak(Peak.LIMIT_VALUE))),
                new TreeMap<>(Map.of("statements", 1.0, "discarded", (double) params.discards())),
                Map.of(),
                Evidence.of(
                        window,
                        Count.PANEL_DISCARDS,
                        Count.PANEL_FAILURE_LIMITS,
                        Count.PANEL_LIMITS,
                        Count.PANEL_HOLDS),
                advice(account, window),
                "",
                window.has(Mark.LOG_GAP),
                List.of("What the account sent before its limit may be on hosts that have no panel."));
    }

    private static String title(Count worst, Tally window) {
        long limit = window.peak(Peak.LIMIT_VALUE);
        String of = limit > 0 ? " of " + limit : "";
        return switch (worst) {
            case PANEL_FAILURE_LIMITS -> " has used up its limit" + of + " of failed deliveries";
            case PANEL_HOLDS -> " sends although its outgoing mail is held";
            default -> " has used up its sending limit" + of;
        };
    }

    /** By the name of the count, the most frequent first; failures before the others, because they are the worse sign. */
    private static List<Cause> causes(Tally window) {
        double all = stated(window);
        List<Cause> causes = new ArrayList<>();
        for (Count count : List.of(Count.PANEL_FAILURE_LIMITS, Count.PANEL_LIMITS, Count.PANEL_HOLDS)) {
            long n = window.count(count);
            if (n > 0) {
                causes.add(new Cause(count.name(), n / all, Say.count(n, "statement") + " of it"));
            }
        }
        causes.sort(Comparator.comparingDouble(Cause::weight).reversed());
        return causes;
    }

    private static Cause named(Cause cause) {
        String name = switch (Count.valueOf(cause.name())) {
            case PANEL_FAILURE_LIMITS -> "DEFERS_AND_FAILURES_LIMIT";
            case PANEL_HOLDS -> "OUTGOING_HOLD";
            default -> "SENDING_LIMIT";
        };
        return new Cause(name, cause.weight(), cause.because());
    }

    private static List<Advice> advice(String account, Tally window) {
        List<String> steps = new ArrayList<>();
        steps.add("First see who sends, and what: " + Say.lastLines(account.substring(account.indexOf(':') + 1)));
        if (window.has(Mark.CPANEL)) {
            steps.add(
                    "In WHM, View Sent Summary and Mail Delivery Reports: which mailbox or script used the limit up.");
            steps.add("If it is its owner: a mailing service for the list; WHM, Modify an Account, Maximum Hourly Email"
                    + " by Domain Relayed, for this domain only.");
        } else {
            steps.add("If it is its owner: a mailing service for the list, or a limit for this account only in the"
                    + " policy service that states it (rspamd: ratelimit.conf, with the selector user).");
        }
        steps.add(
                "If it is not: suspend the mailbox's outgoing mail and take the account back, as for compromised-account.");
        if (window.count(Count.PANEL_DISCARDS) > 0) {
            steps.add("Tell the owner which messages are lost: the lines in the evidence name their queue ids.");
        }
        return List.of(new Advice(
                "Tell the owner of " + Say.printable(account) + ", and find what used the limit up",
                steps,
                "No further statement about the account for half an hour.",
                "Set the limit of this domain or account back to the server's.",
                List.of(
                        "Do not raise the limit while it is open whether the account was stolen.",
                        "Do not raise the limit of the whole server for one account.")));
    }
}
