package postwarden.tally;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import postwarden.correlate.Intervals;
import postwarden.event.Source;

/**
 * The holes in the files of one host: a later piece opens one, a piece that fills it closes it, and what is still missing when
 * the producer has gone on for the patience is told, once. Patience is counted in the producer's own time between heartbeats, which
 * passes at the same rate however old the lines are that it reads; a session that begins counts anew. Pure.
 */
final class Holes {
    /**
     * Holes that wait, of one host. One more widens one of its file, of which later only what is missing is told; of a further file
     * it is not watched: the host has lost so much by then that it is told of anyway.
     */
    static final int MOST = 256;
    /** Losses that the producer told, kept because a line behind one comes later and is no second loss. */
    static final int MOST_SAID = 64;

    private Holes() {}

    /** The holes after a piece that leaves one; the set is that of its file without it. */
    static List<Hole> opened(List<Hole> holes, Source source, Intervals before) {
        long start = source.start() > before.last() ? before.last() : source.end();
        long end = source.start() > before.last() ? source.start() : before.first();
        Hole hole = new Hole(source.file(), source.fileId(), start, end, Instant.MIN, false);
        return holes.size() < MOST + MOST_SAID ? with(holes, hole) : widened(holes, hole);
    }

    /** The holes after the producer's word that these bytes are lost. */
    static List<Hole> said(List<Hole> holes, Source source) {
        List<Hole> kept = new ArrayList<>(holes);
        if (holes.stream().filter(Hole::said).count() >= MOST_SAID) {
            kept.remove(holes.stream().filter(Hole::said).findFirst().orElseThrow());
        }
        return with(kept, new Hole(source.file(), source.fileId(), source.start(), source.end(), Instant.MIN, true));
    }

    /** Whether the producer said the same before. */
    static boolean isSaid(List<Hole> holes, Source source) {
        return holes.stream()
                .anyMatch(hole -> hole.said()
                        && hole.fileId().equals(source.fileId())
                        && hole.start() == source.start()
                        && hole.end() == source.end());
    }

    /** The holes when the producer begins anew: what it has not been told to have sent it sends again. */
    static List<Hole> anew(List<Hole> holes) {
        return holes.stream()
                .map(hole -> new Hole(hole.file(), hole.fileId(), hole.start(), hole.end(), Instant.MIN, hole.said()))
                .toList();
    }

    /**
     * Tells of each hole that has waited long enough what is missing of it.
     *
     * @param now the producer's time
     * @param seen what has come of a file, by its identity
     * @param told receives a hole, narrowed to what is missing
     * @return those that go on waiting
     */
    static List<Hole> due(
            List<Hole> holes, Instant now, Duration patience, Function<String, Intervals> seen, Consumer<Hole> told) {
        if (holes.isEmpty()) {
            return holes;
        }
        List<Hole> waiting = new ArrayList<>();
        for (Hole each : holes) {
            Hole hole = each.noticed(now);
            boolean waits = hole.said() || now.isBefore(hole.since().plus(patience));
            if (waits) {
                waiting.add(hole);
            } else {
                missing(hole, holes, seen).forEach(told);
            }
        }
        return waiting;
    }

    private static List<Hole> missing(Hole hole, List<Hole> holes, Function<String, Intervals> seen) {
        Intervals there = seen.apply(hole.fileId());
        for (Hole other : holes) {
            if (other.said() && other.fileId().equals(hole.fileId())) {
                there = there.with(other.start(), other.end());
            }
        }
        return there.missing(hole.start(), hole.end()).stream()
                .map(part -> new Hole(hole.file(), hole.fileId(), part[0], part[1], hole.since(), false))
                .toList();
    }

    private static List<Hole> widened(List<Hole> holes, Hole by) {
        List<Hole> wider = new ArrayList<>(holes);
        for (int i = 0; i < wider.size(); i++) {
            Hole hole = wider.get(i);
            if (!hole.said() && hole.fileId().equals(by.fileId())) {
                long start = Math.min(hole.start(), by.start());
                long end = Math.max(hole.end(), by.end());
                wider.set(i, new Hole(hole.file(), hole.fileId(), start, end, hole.since(), false));
                return wider;
            }
        }
        return wider;
    }

    private static List<Hole> with(List<Hole> holes, Hole one) {
        if (holes.stream().anyMatch(hole -> hole.isOver(one) && hole.said() == one.said())) {
            return holes;
        }
        List<Hole> more = new ArrayList<>(holes);
        more.add(one);
        return more;
    }
}
