package postwarden.detect;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Hours;
import postwarden.tally.Packer;
import postwarden.tally.Unpacker;
import postwarden.tally.Week;

/** A track's stored form, alone or within its key's. */
public final class TrackCodec {
    private static final int VERSION = 4;
    /** The first version knew nothing of hours of the week. */
    private static final int KNOWS_WEEKS = 2;
    /** The second version threw away what was in doubt. */
    private static final int KEEPS_DOUBTED = 3;
    /** The third version knew nothing of single hours. */
    private static final int KEEPS_HOURS = 4;

    /** Bytes that most tracks fit into. */
    private static final int ROOM = 1024;

    private static final int NONE = 0;
    private static final int HERE = 1;
    private static final int ELSEWHERE = 2;
    private static final int HERE_AND_ELSEWHERE = 3;
    /** More tallies than a track has within any time: a week of panes that nobody settled. */
    private static final int MOST_KEPT = 100_000;

    private static final Map<Integer, Count> COUNTS = new HashMap<>();

    static {
        for (Count count : Count.values()) {
            COUNTS.put(count.id(), count);
        }
    }

    private TrackCodec() {}

    public static byte[] encode(Track track) {
        Packer out = new Packer(ROOM);
        write(track, out);
        return out.packed();
    }

    /** Writes the track behind what is written already. */
    public static void write(Track track, Packer out) {
        encode(track, out.number(VERSION));
    }

    /** @throws IllegalArgumentException when the bytes are no track, or of a newer release */
    public static Track decode(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        int version = in.version("a track", VERSION);
        Track track = new Track();
        decode(track, in);
        if (version >= KNOWS_WEEKS) {
            weeks(track, in);
        }
        if (version >= KEEPS_DOUBTED) {
            doubted(track, in);
        }
        if (version >= KEEPS_HOURS) {
            hours(track, in);
        }
        return track;
    }

    static void encode(Track track, Packer out) {
        out.number(track.learnedTo).number(track.kept.size());
        if (!track.kept.isEmpty()) {
            older(track, out);
            encode(track.kept.lastKey(), track.kept.lastEntry().getValue(), out);
        }
        sum(track.older, out);
        out.number(track.pending.size());
        long before = 0;
        for (long pane : track.pending) {
            out.number(pane - before);
            before = pane;
        }
        out.number(track.baselines.size());
        track.baselines.forEach((count, baseline) -> encode(count, baseline, out));
        out.number(track.weeks.size());
        track.weeks.forEach((count, week) -> week.write(out.number(count.id())));
        sum(track.doubted, out);
        if (track.doubted.isPresent()) {
            out.number(track.doubtedFrom);
        }
        out.number((track.hours.isPresent() ? HERE : NONE) + (track.hasMoreHours ? ELSEWHERE : NONE));
        track.hours.ifPresent(hours -> hours.write(out));
    }

    private static void sum(Optional<Kept> sum, Packer out) {
        sum.ifPresentOrElse(kept -> encode(kept, out), () -> out.number(NONE));
    }

    /** All but the newest; of what stands elsewhere, pane behind pane, only how many there are. */
    private static void older(Track track, Packer out) {
        long from = 0;
        long next = 0;
        int panes = 0;
        int run = 0;
        for (Map.Entry<Long, Kept> entry :
                track.kept.headMap(track.kept.lastKey()).entrySet()) {
            Kept kept = entry.getValue();
            boolean continues = run > 0 && !kept.isHere() && entry.getKey() == next && kept.panes() == panes;
            if (run > 0 && !continues) {
                out.number(from).number(panes).number(ELSEWHERE).number(run);
                run = 0;
            }
            if (kept.isHere()) {
                // Hardly ever added to again.
                kept.pack();
                encode(entry.getKey(), kept, out);
            } else {
                from = continues ? from : entry.getKey();
                panes = kept.panes();
                next = entry.getKey() + panes;
                run++;
            }
        }
        if (run > 0) {
            out.number(from).number(panes).number(ELSEWHERE).number(run);
        }
    }

    /** As it was before hours of the week were known; {@link #weeks} stand behind it. */
    static void decode(Track track, Unpacker in) {
        track.learnedTo = in.number();
        long size = in.number();
        if (size < 0 || size > MOST_KEPT) {
            throw new IllegalArgumentException(size + " tallies of a track");
        }
        while (track.kept.size() < size) {
            kept(track, in);
        }
        track.older = sum(in);
        long pane = 0;
        for (int left = in.count(); left > 0; left--) {
            pane += in.number();
            track.pending.add(pane);
        }
        baselines(track, in);
    }

    /** As a key's state held it in its first version: all tallies in rows of their own. */
    static void decodeVersion1(Track track, Unpacker in) {
        track.learnedTo = in.number();
        for (int left = in.count(); left > 0; left--) {
            long start = in.number();
            track.kept.put(start, Kept.elsewhere((int) in.number()));
        }
        track.older = Optional.of(Kept.elsewhere(1));
        for (int left = in.count(); left > 0; left--) {
            track.pending.add(in.number());
        }
        baselines(track, in);
    }

    private static void encode(long start, Kept kept, Packer out) {
        out.number(start).number(kept.panes());
        encode(kept, out);
        if (!kept.isHere()) {
            out.number(1);
        }
    }

    private static void encode(Kept kept, Packer out) {
        if (kept.isHere()) {
            kept.write(out.number(HERE));
        } else {
            out.number(ELSEWHERE);
        }
    }

    private static void kept(Track track, Unpacker in) {
        long start = in.number();
        int panes = (int) in.number();
        int where = (int) in.number();
        if (panes != 1 && panes != History.MINUTE) {
            throw new IllegalArgumentException("a tally of " + panes + " panes");
        }
        switch (where) {
            case HERE -> track.kept.put(start, Kept.here(panes, in.bytes()));
            case ELSEWHERE -> {
                long run = in.number();
                if (run < 1 || run > MOST_KEPT) {
                    throw new IllegalArgumentException(run + " tallies in a row");
                }
                for (long i = 0; i < run; i++) {
                    track.kept.put(start + i * panes, Kept.elsewhere(panes));
                }
            }
            default -> throw new IllegalArgumentException("a tally is kept at place " + where);
        }
    }

    private static Optional<Kept> sum(Unpacker in) {
        int where = (int) in.number();
        return switch (where) {
            case NONE -> Optional.empty();
            case HERE -> Optional.of(Kept.here(1, in.bytes()));
            case ELSEWHERE -> Optional.of(Kept.elsewhere(1));
            default -> throw new IllegalArgumentException("what is older is kept at place " + where);
        };
    }

    private static void encode(Count count, Baseline baseline, Packer out) {
        out.number(count.id())
                .decimal(baseline.windows())
                .decimal(baseline.mean())
                .decimal(baseline.squares());
    }

    static void weeks(Track track, Unpacker in) {
        for (int left = in.count(); left > 0; left--) {
            Count count = COUNTS.get((int) in.number());
            Week week = Week.read(in);
            if (count != null) {
                track.weeks.put(count, week);
            }
        }
    }

    static void doubted(Track track, Unpacker in) {
        track.doubted = sum(in);
        track.doubtedFrom = track.doubted.isPresent() ? in.number() : Long.MIN_VALUE;
    }

    static void hours(Track track, Unpacker in) {
        int where = (int) in.number();
        if (where < NONE || where > HERE_AND_ELSEWHERE) {
            throw new IllegalArgumentException("hours are kept at place " + where);
        }
        track.hasMoreHours = where >= ELSEWHERE;
        track.hours = where % ELSEWHERE == HERE ? Optional.of(Hours.read(in)) : Optional.empty();
    }

    private static void baselines(Track track, Unpacker in) {
        for (int left = in.count(); left > 0; left--) {
            Count count = COUNTS.get((int) in.number());
            Baseline baseline = new Baseline(in.decimal(), in.decimal(), in.decimal());
            if (count != null) {
                track.baselines.put(count, baseline);
            }
        }
    }
}
