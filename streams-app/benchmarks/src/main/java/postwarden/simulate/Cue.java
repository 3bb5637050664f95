package postwarden.simulate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where, when and how hard a piece is played; and what all pieces need for it. */
final class Cue {
    final World world;
    final Piece piece;
    final Station station;
    final long onset;
    final Strength strength;
    final Chance chance;

    Cue(World world, Piece piece, Station station, long onset, Strength strength, Chance chance) {
        this.world = world;
        this.piece = piece;
        this.station = station;
        this.onset = onset;
        this.strength = strength;
        this.chance = chance;
    }

    long begins() {
        return onset - piece.before();
    }

    long end() {
        return onset + piece.lasts();
    }

    boolean isExim() {
        return station.flavour == Station.Flavour.EXIM;
    }

    EximLog exim() {
        return (EximLog) station.mail;
    }

    /** The number for this strength. */
    int size(int weak, int usual, int strong) {
        return switch (strength) {
            case WEAK -> weak;
            case USUAL -> usual;
            case STRONG -> strong;
        };
    }

    Person person() {
        return world.somebody(station, onset, chance);
    }

    List<Client> bots(int number) {
        return many(number, any -> Addresses.bot(chance));
    }

    static <T> List<T> many(int number, IntFunction<T> maker) {
        List<T> all = new ArrayList<>();
        for (int one = 0; one < number; one++) {
            all.add(maker.apply(one));
        }
        return all;
    }

    /** So many times, by chance, while the piece lasts. */
    void times(int number, Agenda.Actor what) {
        times(onset, end(), number, what);
    }

    void times(long from, long to, int number, Agenda.Actor what) {
        for (int one = 0; one < number; one++) {
            world.agenda.at(from + chance.part(to - from), what);
        }
    }

    /** So many times in ten minutes, by chance, while the piece lasts. */
    void inTenMinutes(int number, Agenda.Actor what) {
        times((int) Math.max(1, number * piece.lasts() / (10 * Agenda.MINUTE)), what);
    }

    /** At even distances while the piece lasts, a little uneven. */
    void evenly(int number, Agenda.Actor what) {
        long step = piece.lasts() / number;
        for (int one = 0; one < number; one++) {
            world.agenda.at(onset + one * step + chance.part(step / 4), what);
        }
    }

    /** Other hosts of the fleet, at most so many. */
    List<Station> others(int most) {
        List<Station> others = new ArrayList<>();
        int from = world.stations.indexOf(station);
        for (int step = 1; step < world.stations.size() && others.size() < most; step++) {
            others.add(world.stations.get((from + step) % world.stations.size()));
        }
        return others;
    }

    /** The truth about something that happens to this host alone. */
    Label label(int size, Set<String> names, Set<String> actors, String... causes) {
        return label(size, Set.of(station.name), names, actors, causes);
    }

    Label label(int size, Set<String> hosts, Set<String> names, Set<String> actors, String... causes) {
        return new Label(
                piece.kind(),
                piece.variant(),
                piece.incident(),
                isExim() ? "exim" : "postfix",
                strength,
                instant(begins()),
                instant(onset),
                instant(end()),
                hosts,
                names,
                actors,
                Stream.of(causes).collect(Collectors.toSet()),
                size);
    }

    static Set<String> ips(List<Client> clients) {
        return clients.stream().map(Client::ip).collect(Collectors.toSet());
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
