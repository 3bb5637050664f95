package postwarden.detect.mailloop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import postwarden.detect.Cause;
import postwarden.detect.Detector;
import postwarden.detect.Finding;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Lead;
import postwarden.tally.Leader;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * The same message comes to the same recipient through one host again and again, or a daemon of ours says that it went through
 * too many. Retries of one queue entry do not count, nor do the two ways through a filter. Late lines only add to their pane;
 * duplicates are removed before tallies.
 */
public final class MailLoopDetector implements Detector {
    private static final String ID = "mail-loop";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.SERVER, Span.HOST, Set.of());
    /** Circles that are shown. */
    private static final int SHOWN = 3;
    /** Characters of an end in a title. */
    private static final int TITLE = 100;

    private static final Leader NONE = new Leader("", 0, 0, 0);

    private final MailLoopParams params;

    public MailLoopDetector(MailLoopParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    /**
     * Messages have one delivery each; a second of the same one within ten seconds is rare, and a circle is that fast now and
     * then unless something paces it.
     */
    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.LOOPS) > 0 || pane.leaders(Lead.MESSAGES).most() >= 2;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        List<Leader> circles = circles(view, factor * params.repeats());
        long stated = view.window(params.window()).count(Count.LOOPS);
        return circles.isEmpty() && stated == 0 ? Optional.empty() : Optional.of(finding(view, circles, stated));
    }

    /** What surely came that often, in the window or in the shorter one that busy hosts need. */
    private List<Leader> circles(View view, double repeats) {
        List<Leader> circles = repeated(view, params.window(), repeats);
        return circles.isEmpty() ? repeated(view, params.busyWindow(), repeats) : circles;
    }

    private static List<Leader> repeated(View view, Duration window, double repeats) {
        return view.window(window).leaders(Lead.MESSAGES).top(SHOWN).stream()
                .filter(leader -> leader.atLeast() >= repeats)
                .toList();
    }

    private Finding finding(View view, List<Leader> circles, long stated) {
        Tally window = view.window(params.window());
        Leader worst = circles.isEmpty() ? NONE : circles.get(0);
        Ends ends = Ends.of(worst.name());
        boolean sure = !circles.isEmpty() || stated >= params.statements();
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                new Subject(view.host(), "", "", ends.sender(), "", ends.recipient(), ""),
                Onset.of(view, params.window(), stated > 0 ? Count.LOOPS : Count.LINES),
                sure ? Severity.HIGH : Severity.MEDIUM,
                sure ? 0.95 : 0.8,
                causes(circles, stated),
                title(view.host(), worst, ends, stated),
                summary(circles),
                new TreeMap<>(Map.of(
                        "repeats", (double) worst.atLeast(),
                        "statements", (double) stated,
                        "circles", (double) circles.size())),
                new TreeMap<>(Map.of("repeats", (double) params.repeats(), "statements", (double) params.statements())),
                Map.of(),
                Evidence.of(window, Count.LOOPS),
                LoopAdvice.of(view.host(), ends, window),
                "",
                window.has(Mark.LOG_GAP),
                List.of(
                        "Answering machines that answer each other with new messages each time are not seen as a circle.",
                        "A circle that never comes twice within ten seconds is not looked for until a daemon states it.",
                        "A host with more than six deliveries a second counts repeats within bounds: a slow circle is missed"
                                + " there until a daemon states it."));
    }

    private static List<Cause> causes(List<Leader> circles, long stated) {
        List<Cause> causes = new ArrayList<>();
        String because = circles.isEmpty()
                ? "a daemon of this host says so of " + Say.count(stated, "message")
                : "the same message came " + circles.get(0).atLeast() + " times to the same recipient"
                        + (stated > 0 ? ", and a daemon says so of " + Say.count(stated, "message") : "");
        causes.add(new Cause("LOOP", 0.9, because));
        if (!circles.isEmpty()) {
            causes.add(new Cause(
                    "REPEATED_SUBMISSION",
                    0.08,
                    "a program that sends the same message id again and again looks the same"));
        }
        return causes;
    }

    private static String title(String host, Leader worst, Ends ends, long stated) {
        return worst.name().isEmpty()
                ? "Mail goes in circles on " + host + ": " + Say.count(stated, "message")
                        + " went through too many hops"
                : "Mail goes in circles on " + host + ": the same message came " + worst.atLeast() + " times from "
                        + shown(ends.sender().isEmpty() ? "<>" : ends.sender()) + " to " + shown(ends.recipient());
    }

    private static String shown(String address) {
        String printable = Say.printable(address);
        return printable.length() <= TITLE ? printable : printable.substring(0, TITLE) + "…";
    }

    private static String summary(List<Leader> circles) {
        StringBuilder text = new StringBuilder();
        for (Leader circle : circles) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(Say.printable(circle.name()))
                    .append(": ")
                    .append(circle.atLeast())
                    .append(circle.atLeast() == circle.atMost() ? " times" : " times at least");
        }
        return text.isEmpty()
                ? "No message that repeats is known by name."
                : text.append('.').toString();
    }

    /** Both ends of a circle; empty where not known, or for the null sender. */
    record Ends(String sender, String recipient) {
        private static final String ARROW = " > ";

        static Ends of(String name) {
            int arrow = name.indexOf(ARROW);
            if (arrow < 0) {
                return new Ends("", name);
            }
            String sender = name.substring(0, arrow);
            return new Ends(sender.equals("<>") ? "" : sender, name.substring(arrow + ARROW.length()));
        }
    }
}
