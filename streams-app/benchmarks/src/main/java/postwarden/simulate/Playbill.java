package postwarden.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What is played where and when: every kind at every strength on every daemon that it can happen on, over and over until the
 * time is full. A few things at a time on a host, each to somebody else, with a rest behind them; what concerns the whole host
 * happens there alone.
 */
final class Playbill {
    /** Longer than what a detector looks back on at once, so that one thing does not show in the next. */
    private static final long REST = 20 * Agenda.MINUTE;
    /** Things that happen on one host at a time. */
    private static final int LANES = 3;

    private final World world;
    private final Chance chance;
    private final long[][] free;
    private final long end;

    /** One thing to be played. */
    private record Act(Piece piece, Strength strength, Station.Flavour on) {}

    Playbill(World world, long begin, long end, Chance chance) {
        this.world = world;
        this.chance = chance;
        this.end = end;
        free = new long[world.stations.size()][LANES];
        for (long[] lanes : free) {
            Arrays.fill(lanes, begin);
        }
    }

    /** All kinds there are. */
    static List<Piece> repertoire() {
        return Stream.of(
                        Floods.PIECES,
                        Limits.PIECES,
                        Guessing.PIECES,
                        Sending.PIECES,
                        Remotes.PIECES,
                        Ways.PIECES,
                        LookAlikes.PIECES,
                        Harmless.PIECES)
                .flatMap(List::stream)
                .toList();
    }

    /** Names of all kinds there are. */
    static Set<String> kinds() {
        return new TreeSet<>(repertoire().stream().map(Piece::kind).toList());
    }

    /** All that fits, each with its place and time. */
    List<Cue> cues(Set<String> only) {
        List<Act> acts = acts(only);
        List<Cue> cues = new ArrayList<>();
        boolean fits = !acts.isEmpty();
        while (fits) {
            fits = false;
            for (Act act : shuffled(acts)) {
                int host = host(act);
                if (host >= 0
                        && free(host, act) + act.piece().before() + act.piece().lasts() + REST <= end) {
                    cues.add(cue(act, host));
                    fits = true;
                }
            }
        }
        return cues;
    }

    private Cue cue(Act act, int host) {
        // Not all at the same second of the minute on all hosts.
        long onset = free(host, act) + act.piece().before() + chance.part(Agenda.MINUTE);
        occupy(host, act, onset + act.piece().lasts() + REST);
        return new Cue(world, act.piece(), world.stations.get(host), onset, act.strength(), chance.split());
    }

    private void occupy(int host, Act act, long until) {
        long[] lanes = free[host];
        Arrays.sort(lanes);
        if (act.piece().hostWide()) {
            Arrays.fill(lanes, until);
        } else {
            lanes[0] = until;
        }
    }

    /** When there is room for it on a host. */
    private long free(int host, Act act) {
        LongStream lanes = Arrays.stream(free[host]);
        return (act.piece().hostWide() ? lanes.max() : lanes.min()).orElseThrow();
    }

    /** The host that has room first; -1 when there is none for it. */
    private int host(Act act) {
        int first = -1;
        for (int host = 0; host < free.length; host++) {
            boolean can = world.stations.get(host).flavour == act.on();
            if (can && (first < 0 || free(host, act) < free(first, act))) {
                first = host;
            }
        }
        return first;
    }

    private static List<Act> acts(Set<String> only) {
        List<Act> acts = new ArrayList<>();
        for (Piece piece : repertoire()) {
            if (only.isEmpty() || only.contains(piece.kind())) {
                for (Station.Flavour on : piece.on()) {
                    for (Strength strength : Strength.values()) {
                        acts.add(new Act(piece, strength, on));
                    }
                }
            }
        }
        return acts;
    }

    private List<Act> shuffled(List<Act> acts) {
        List<Act> shuffled = new ArrayList<>(acts);
        for (int at = shuffled.size() - 1; at > 0; at--) {
            int other = chance.below(at + 1);
            Act act = shuffled.get(at);
            shuffled.set(at, shuffled.get(other));
            shuffled.set(other, act);
        }
        return shuffled;
    }
}
