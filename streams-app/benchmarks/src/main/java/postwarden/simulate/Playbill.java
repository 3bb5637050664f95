package postwarden.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is played where and when: every kind at every strength on every daemon that it can happen on, over and over until the
 * time is full. One thing at a time on a host, with a rest behind it, so that what a detector says is about that thing.
 */
final class Playbill {
    /** Longer than what a detector looks back on at once, so that one thing does not show in the next. */
    private static final long REST = 20 * Agenda.MINUTE;

    private final World world;
    private final Chance chance;
    private final long[] free;
    private final long end;

    /** One thing to be played. */
    private record Act(Piece piece, Strength strength, Station.Flavour on) {}

    Playbill(World world, long begin, long end, Chance chance) {
        this.world = world;
        this.chance = chance;
        this.end = end;
        free = new long[world.stations.size()];
        Arrays.fill(free, begin);
    }

    /** All kinds there are. */
    static List<Piece> repertoire() {
        return Stream.of(
                        Floods.PIECES,
                        Limits.PIECES,
                        Guessing.PIECES,
                        Sending.PIECES,
                        Remotes.PIECES,
                        LookAlikes.PIECES,
                        Harmless.PIECES)
                .flatMap(List::stream)
                .toList();
    }

    /** Names of all kinds there are. */
    static Set<String> kinds() {
        return new TreeSet<>(repertoire().stream().map(Piece::kind).toList());
    }

    /** Enters all that fits; what was entered. */
    List<Label> play(Set<String> only) {
        List<Act> numbers = numbers(only);
        List<Label> labels = new ArrayList<>();
        boolean fits = !numbers.isEmpty();
        while (fits) {
            fits = false;
            for (Act number : shuffled(numbers)) {
                int host = host(number);
                long onset = host < 0 ? Long.MAX_VALUE : free[host] + number.piece().before();
                if (host >= 0 && onset + number.piece().lasts() + REST <= end) {
                    labels.add(play(number, host, onset));
                    fits = true;
                }
            }
        }
        return labels;
    }

    private Label play(Act number, int host, long onset) {
        free[host] = onset + number.piece().lasts() + REST;
        Station station = world.stations.get(host);
        // Not all at the same second of the minute on all hosts.
        long shifted = onset + chance.part(Agenda.MINUTE);
        return number.piece()
                .play()
                .apply(new Cue(world, number.piece(), station, shifted, number.strength(), chance.split()));
    }

    /** The host that is free first; -1 when there is none for it. */
    private int host(Act number) {
        int first = -1;
        for (int host = 0; host < free.length; host++) {
            boolean can = world.stations.get(host).flavour == number.on();
            if (can && (first < 0 || free[host] < free[first])) {
                first = host;
            }
        }
        return first;
    }

    private static List<Act> numbers(Set<String> only) {
        List<Act> numbers = new ArrayList<>();
        for (Piece piece : repertoire()) {
            if (only.isEmpty() || only.contains(piece.kind())) {
                for (Station.Flavour on : piece.on()) {
                    for (Strength strength : Strength.values()) {
                        numbers.add(new Act(piece, strength, on));
                    }
                }
            }
        }
        return numbers;
    }

    private List<Act> shuffled(List<Act> numbers) {
        List<Act> shuffled = new ArrayList<>(numbers);
        for (int at = shuffled.size() - 1; at > 0; at--) {
            int other = chance.below(at + 1);
            Act number = shuffled.get(at);
            shuffled.set(at, shuffled.get(other));
            shuffled.set(other, number);
        }
        return shuffled;
    }
}
