package postwarden.detect.sensor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
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
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Two machines send lines under one host's name and in the same places of the same files: one is a copy of the other, or one was set
 * back to how it was. Their lines are told apart and counted before tallies; what an agent repeats of its own is none.
 */
public final class SharedIdentityDetector implements KeyDetector {
    private static final String ID = "shared-identity";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.SERVER, Span.HOST, Set.of());
    /** Copies are made every day, and go on for as long as nobody looks; a machine is rarely set back. */
    private static final double COPIED = 3;

    private final SharedIdentityParams params;

    public SharedIdentityDetector(SharedIdentityParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.sum(Count.CONTESTED) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        Tally window = view.window(params.window());
        if (!mayConcern(window) || (!open && !mayConcern(view.window(Pane.LENGTH)))) {
            return Optional.empty();
        }
        long panes = LongStream.range(0, Pane.count(params.window()))
                .filter(ago -> mayConcern(view.window(Pane.LENGTH, ago)))
                .count();
        return open || panes >= params.panes() ? Optional.of(finding(view, window, panes)) : Optional.empty();
    }

    private Finding finding(View view, Tally window, long panes) {
        String host = view.host();
        long lines = window.count(Count.CONTESTED);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                host,
                view.pane(),
                new Subject(host, "", "", "", "", "", ""),
                Onset.of(view, params.window(), Count.CONTESTED),
                Severity.MEDIUM.because(
                        "no line is lost, but each number about the host may be the sum of two machines"),
                0.9,
                causes(),
                "Two machines send lines as " + host + ", or it was set back",
                Say.count(lines, "line")
                        + " came in places of its files in which others had come before, from a producer that says"
                        + " that it never sent them. All are counted.",
                new TreeMap<>(Map.of("contestedLines", (double) lines, "contestedPanes", (double) panes)),
                new TreeMap<>(Map.of("contestedPanes", (double) params.panes())),
                Map.of(),
                Evidence.of(window, Count.CONTESTED),
                SharedIdentityAdvice.of(host),
                "",
                window.has(Mark.LOG_GAP),
                List.of(
                        "Which of the two wrote a line: both bear one name.",
                        "Lines that a copy of a running machine, or one that lost its last writes with its power, logged before its"
                                + " producer started: they may pass for repetitions, and stand in the topic."));
    }

    private static List<Cause> causes() {
        return new Weighing()
                .add(
                        "COPIED_MACHINE",
                        COPIED,
                        "a machine was copied with the state of its producer, and both run under one name")
                .add(
                        "TWO_PRODUCERS",
                        1,
                        "two producers with state folders of their own read the same files, and each line counts twice")
                .add(
                        "SET_BACK",
                        1,
                        "a snapshot was restored, or a disk lost what it had confirmed: the log goes on where it was before")
                .causes();
    }
}
