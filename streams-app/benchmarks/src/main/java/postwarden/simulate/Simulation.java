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
    private final List<Cue> cues;
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
        cues = shape.incidents() ? playbill.cues(shape.only()) : List.of();
        // Each enters what belongs to it when it is time, so that a long run is no larger than a short one.
        cues.forEach(cue -> agenda.at(
                cue.begins(), now -> world.chronicle.add(cue.piece.play().apply(cue))));
    }

    /** Names of everything that can happen. */
    public static Set<String> kinds() {
        return Playbill.kinds();
    }

    /** All hosts, sorted. */
    public List<String> hosts() {
        return world.stations.stream().map(station -> station.name).sorted().toList();
    }

    /** Everything that has begun so far and is worth a word; all of it when there is no next line. */
    public List<Label> labels() {
        return List.copyOf(world.chronicle);
    }

    /** Everything that will be played. */
    List<Cue> cues() {
        return cues;
    }

    /** Lines written so far. */
    public long lines() {
        return lines;
    }

    /** What is entered and has not happened yet. */
    int entered() {
        return agenda.size();
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
