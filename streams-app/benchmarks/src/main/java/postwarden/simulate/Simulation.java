package postwarden.simulate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import postwarden.event.LogRecord;

/** A fleet's log lines in the order of their times, with the truth about them. Belongs to one thread. */
public final class Simulation {
    private final Agenda agenda = new Agenda();
    private final World world;
    private final List<Label> labels;
    private final long end;
    private long lines;

    /** @throws IllegalArgumentException naming a kind that does not exist */
    public Simulation(Shape shape) {
        Set<String> unknown =
                shape.only().stream().filter(kind -> !kinds().contains(kind)).collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("nothing is named " + unknown + "; there are " + kinds());
        }
        Chance chance = new Chance(shape.seed());
        world = new World(shape.hosts(), agenda, chance.split());
        long start = micros(shape.start());
        end = micros(shape.end());
        Chance people = chance.split();
        List<Client> bots = Noise.bots(chance.split());
        for (Station station : world.stations) {
            new Life(world, station, people.split()).begin(start);
            new Machines(world, station, people.split()).begin(start);
            new Noise(world, station, bots, people.split()).begin(start);
        }
        Playbill playbill = new Playbill(world, micros(shape.start().plus(shape.quiet())), end, chance.split());
        labels = shape.incidents() ? List.copyOf(playbill.play(shape.only())) : List.of();
    }

    /** Names of everything that can happen. */
    public static Set<String> kinds() {
        return Playbill.kinds();
    }

    /** All hosts, sorted. */
    public List<String> hosts() {
        return world.stations.stream().map(station -> station.name).sorted().toList();
    }

    /** Everything that happens beside ordinary days. */
    public List<Label> labels() {
        return labels;
    }

    /** Lines written so far. */
    public long lines() {
        return lines;
    }

    /** The next line; empty when the time is over. */
    public Optional<LogRecord.Line> next() {
        while (!agenda.isEmpty() && agenda.time() < end) {
            long now = agenda.time();
            Object what = agenda.take();
            if (what instanceof Agenda.Written written) {
                lines++;
                return Optional.of(written.station().line(now, written));
            }
            ((Agenda.Actor) what).act(now);
        }
        return Optional.empty();
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
