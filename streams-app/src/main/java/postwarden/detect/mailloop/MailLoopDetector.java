package postwarden.detect.mailloop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import postwarden.detect.Cause;
import postwarden.detect.Detector;
import postwarden.detect.Finding;
import postwarden.detect.Grade;
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
import postwarden.tally.Leaders;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * The same message comes to the same recipient through one host again and again, or a daemon of ours says that it went through
 * too many, or two programs answer each other, each time with a new message. Retries of one queue entry do not count, nor do the two ways through a filter. Late lines only add to their pane;
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

    /** Pairs of which the other direction is looked up. */
    private static final int LOOKED_AT = 16;

    /** Panes after which a host is looked at for slow circles: a number that no usual timer keeps out of step with. */
    private static final long NOW_AND_THEN = 7;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Leader NONE = new Leader("", 0, 0, 0);

    private final MailLoopParams params;

    public MailLoopDetector(MailLoopParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.LOOPS) > 0
                || pane.leaders(Lead.MESSAGES).total() > 0
                || pane.leaders(Lead.PAIRS).total() > 0;
    }

    /** A second delivery of the same message within ten seconds is rare; what something paces is looked for now and then. */
    private boolean isDue(View view) {
        Tally pane = view.window(Pane.LENGTH);
        return pane.count(Count.LOOPS) > 0
                || pane.leaders(Lead.MESSAGES).most() >= 2
                || (mayConcern(pane) && Math.floorMod(view.pane(), NOW_AND_THEN) == 0);
    }

    @Override
    public List<Finding> assess(View view, Set<String> open) {
        if (open.isEmpty() && !isDue(view)) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        List<Leader> circles = circles(view, (open.contains("") ? params.openFactor() : 1) * params.repeats());
        long stated = view.window(params.window()).count(Count.LOOPS);
        if (!circles.isEmpty() || stated > 0) {
            findings.add(finding(view, circles, stated, false));
        }
        // What comes again and again has a sender and a recipient, too.
        Set<String> circling = circles.stream()
                .map(circle -> Ends.of(circle.name()).inOrder().name())
                .collect(Collectors.toSet());
        answers(view, open).stream()
                .filter(pair -> !circling.contains(pair.name()))
                .forEach(pair ->
                        findings.add(finding(view, List.of(pair), 0, true).aboutOne(pair.name())));
        return findings;
    }

    /** Pairs of which both surely wrote that often to the other, and not in a burst; as often as the one that wrote less. */
    private List<Leader> answers(View view, Set<String> open) {
        Leaders pairs = view.window(params.window()).leaders(Lead.PAIRS);
        return Stream.concat(pairs.top(LOOKED_AT).stream().map(Leader::name), open.stream())
                .filter(name -> !name.isEmpty())
                .map(name -> Ends.of(name).inOrder())
                .distinct()
                .filter(ends -> !ends.sender().equals(ends.recipient()))
                .flatMap(ends -> answers(view, pairs, ends, open.contains(ends.name())).stream())
                .limit(SHOWN + open.size())
                .toList();
    }

    private Optional<Leader> answers(View view, Leaders pairs, Ends ends, boolean open) {
        double factor = open ? params.openFactor() : 1;
        Leader there = pairs.of(ends.there());
        Leader back = pairs.of(ends.back());
        long each = Math.min(there.atLeast(), back.atLeast());
        return each >= factor * params.exchanges() && isSteady(view, ends, params.steadyWindow(), factor)
                ? Optional.of(new Leader(ends.name(), each, Math.min(there.atMost(), back.atMost()), 0))
                : Optional.empty();
    }

    /** Whether both wrote in most minutes: a few messages that are each answered once come in a burst, and end. */
    private boolean isSteady(View view, Ends ends, Duration length, double factor) {
        long minutes = length.toMinutes();
        long both = LongStream.range(0, minutes)
                .mapToObj(ago -> view.window(MINUTE, ago * Pane.count(MINUTE)).leaders(Lead.PAIRS))
                .filter(pairs -> pairs.of(ends.there()).atMost() > 0
                        && pairs.of(ends.back()).atMost() > 0)
                .count();
        return both >= factor * params.steady() * minutes;
    }

    /** What surely came that often, in the window, in the shorter one that busy hosts need, or in the longer one of slow circles. */
    private List<Leader> circles(View view, double repeats) {
        return Stream.of(params.window(), params.busyWindow(), params.slowWindow())
                .map(window -> repeated(view, window, repeats))
                .filter(circles -> !circles.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Leader> repeated(View view, Duration window, double repeats) {
        return view.window(window).leaders(Lead.MESSAGES).top(SHOWN).stream()
                .filter(leader -> leader.atLeast() >= repeats)
                .toList();
    }

    private Finding finding(View view, List<Leader> circles, long stated, boolean answers) {
        Tally window = view.window(params.window());
        Leader worst = circles.isEmpty() ? NONE : circles.get(0);
        Ends ends = Ends.of(worst.name());
        Grade grade = answers ? answering(view, ends) : circling(circles, stated);
        boolean sure = grade.severity() == Severity.HIGH;
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                new Subject(view.host(), "", "", ends.sender(), "", ends.recipient(), ""),
                Onset.of(view, params.window(), stated > 0 ? Count.LOOPS : Count.LINES),
                grade,
                sure ? 0.95 : 0.8,
                causes(circles, stated, answers),
                title(view.host(), worst, ends, stated, answers),
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
                        "Programs that answer each other are seen where both directions pass this host.",
                        "A host with more than six deliveries a second counts repeats within bounds: a slow circle is missed"
                                + " there until a daemon states it."));
    }

    private Grade circling(List<Leader> circles, long stated) {
        return !circles.isEmpty() || stated >= params.statements()
                ? Severity.HIGH.because("a loop does not end by itself, and each turn costs every host in it")
                : Severity.MEDIUM.because("it looks like a loop, but no daemon has said so");
    }

    /** One that reports and one that answers end with the reports. */
    private Grade answering(View view, Ends ends) {
        return isSteady(view, ends, params.slowWindow(), 1)
                ? Severity.HIGH.because("they do not stop, and each turn costs every host in it")
                : Severity.MEDIUM.because("it may end by itself, where one only reports and the other answers");
    }

    private static List<Cause> causes(List<Leader> circles, long stated, boolean answers) {
        if (answers) {
            return List.of(
                    new Cause(
                            "ANSWERING_MACHINES",
                            0.9,
                            "each wrote to the other at least " + circles.get(0).atLeast()
                                    + " times without a login, faster than people"),
                    new Cause("BUSY_EXCHANGE", 0.1, "two programs that are meant to talk by mail look the same"));
        }
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

    private static String title(String host, Leader worst, Ends ends, long stated, boolean answers) {
        if (answers) {
            return "Two programs answer each other through " + host + ": " + shown(ends.sender()) + " and "
                    + shown(ends.recipient()) + ", " + worst.atLeast() + " messages each way";
        }
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
}
