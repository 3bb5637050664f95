package postwarden.detect.sensor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * The stamps of a host's lines do not fit the clock of the producer that reads them, and by the same time again and again: only lines
 * between two heartbeats at which all was read are asked, so that a backlog is none. Late lines only add to their pane; duplicates are
 * removed before tallies.
 */
public final class ClockSkewDetector implements KeyDetector {
    private static final String ID = "clock-skew";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.SERVER, Span.HOST, Set.of());
    private static final Duration HOUR = Duration.ofHours(1);

    private final ClockSkewParams params;

    public ClockSkewDetector(ClockSkewParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.sum(Count.STAMPS_AHEAD, Count.STAMPS_BEHIND) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        Tally hour = view.window(HOUR);
        if (!mayConcern(hour) || (!open && !mayConcern(view.window(Pane.LENGTH)))) {
            return Optional.empty();
        }
        boolean ahead = hour.count(Count.STAMPS_AHEAD) >= hour.count(Count.STAMPS_BEHIND);
        int needed = open ? Math.max(1, params.checks() / 2) : params.checks();
        List<Double> offsets = offsets(view, ahead, needed);
        return (open ? isStillOff(offsets) : isOff(offsets))
                ? Optional.of(finding(view, hour, Offset.of(ahead, offsets), open))
                : Optional.empty();
    }

    /** By how many seconds stamps were off in the last panes in which they were checked, 0 where they were right; the newest first. */
    private static List<Double> offsets(View view, boolean ahead, int needed) {
        Count times = ahead ? Count.STAMPS_AHEAD : Count.STAMPS_BEHIND;
        Count seconds = ahead ? Count.STAMPS_AHEAD_SECONDS : Count.STAMPS_BEHIND_SECONDS;
        List<Double> offsets = new ArrayList<>();
        for (long ago = 0; ago < Pane.count(HOUR) && offsets.size() < needed; ago++) {
            Tally pane = view.window(Pane.LENGTH, ago);
            long off = pane.count(times);
            if (off > 0) {
                offsets.add((double) pane.count(seconds) / off);
            } else if (pane.sum(Count.STAMP_CHECKS, Count.STAMPS_AHEAD, Count.STAMPS_BEHIND) > 0) {
                offsets.add(0.0);
            }
        }
        return offsets;
    }

    private boolean isOff(List<Double> offsets) {
        return offsets.size() >= params.checks()
                && Collections.min(offsets) >= params.bound().toSeconds()
                && Collections.max(offsets) - Collections.min(offsets)
                        <= params.spread().toSeconds();
    }

    private boolean isStillOff(List<Double> offsets) {
        return offsets.stream().anyMatch(offset -> offset >= params.bound().toSeconds() / 2.0);
    }

    private Finding finding(View view, Tally hour, Offset offset, boolean open) {
        String host = view.host();
        String by = offset.words();
        // A host that is ahead would be told of when all others have come to where its stamps are.
        long early = offset.ahead() ? Math.round(offset.seconds() / Pane.LENGTH.toSeconds()) : 0;
        return new Finding(
                ID,
                VERSION,
                view.key(),
                host,
                view.pane() - early,
                new Subject(host, "", "", "", "", "", ""),
                Onset.of(view, HOUR, offset.ahead() ? Count.STAMPS_AHEAD : Count.STAMPS_BEHIND)
                        .minus(Pane.LENGTH.multipliedBy(early)),
                offset.seconds() >= params.medium().toSeconds()
                        ? Severity.MEDIUM.because("by so much what several hosts saw of one attack no longer meets")
                        : Severity.LOW.because("verdicts hold, only times are a little off"),
                open ? 0.8 : 0.95,
                causes(offset),
                "The log stamps of " + host + " are " + by + (offset.ahead() ? " ahead" : " behind"),
                "Held against the clock of the producer that reads them. What " + host
                        + " logs does not meet what other hosts log of the same minute, and times in alerts about it are off by"
                        + " as much.",
                new TreeMap<>(Map.of("offsetSeconds", offset.seconds(), "checks", (double)
                        hour.sum(Count.STAMPS_AHEAD, Count.STAMPS_BEHIND))),
                new TreeMap<>(Map.of("offsetSeconds", (double) params.bound().toSeconds())),
                Map.of(),
                Evidence.of(hour, offset.ahead() ? Count.STAMPS_AHEAD : Count.STAMPS_BEHIND),
                SkewAdvice.of(host, offset),
                "",
                hour.has(Mark.LOG_GAP),
                List.of(
                        "Which of the two clocks is wrong, the host's or its producer's, where they are two machines."));
    }

    private static List<Cause> causes(Offset offset) {
        return new Weighing()
                .add(
                        "WRONG_ZONE",
                        offset.isZone() ? 8 : 0,
                        "it is " + offset.words() + ", a whole number of half hours, as zones differ by")
                .add(
                        "STAMPS_IN_FUTURE",
                        offset.ahead() ? 1 : 0,
                        "lines bear times that had not come when they were read")
                .add("CLOCK_OFF", offset.ahead() ? 0 : 1, "lines are stamped earlier than they can have been written")
                .causes();
    }
}
