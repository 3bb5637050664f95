package postwarden.simulate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;

/**
 * What truly happened: one incident, or one thing that only looks like one.
 *
 * @param kind id of the catalogue for an incident, such as {@code brute-force}; a name of its own for anything else
 * @param variant of its kind; empty where there is only one
 * @param incident whether a person should be told; otherwise it is a look-alike
 * @param daemon of the host where it happens: {@code postfix} or {@code exim}
 * @param begins the first line that belongs to it, such as the guessing before an account is misused
 * @param onset from when the time to detection counts
 * @param end its last moment
 * @param hosts where it is seen
 * @param names clients, accounts, senders, destinations, recipients, scripts or hosts that it is about
 * @param actors others who take part, such as the addresses that guess
 * @param causes names of the causes that are right; empty where nothing is to be judged
 * @param size in the unit of its kind, such as recipients in ten minutes
 */
public record Label(
        String kind,
        String variant,
        boolean incident,
        String daemon,
        Strength strength,
        Instant begins,
        Instant onset,
        Instant end,
        Set<String> hosts,
        Set<String> names,
        Set<String> actors,
        Set<String> causes,
        int size) {
    /** Something of every day that is worth a word, at one person's place. */
    static Label byItself(String kind, Station station, long from, long to, Person person) {
        Instant begins = Instant.EPOCH.plus(from, ChronoUnit.MICROS);
        return new Label(
                kind,
                "",
                false,
                station.flavour.name().toLowerCase(Locale.ROOT),
                Strength.USUAL,
                begins,
                begins,
                Instant.EPOCH.plus(to, ChronoUnit.MICROS),
                Set.of(station.name),
                Set.of(person.address, person.desk.ip()),
                Set.of(),
                Set.of(),
                1);
    }

    public Label {
        hosts = Set.copyOf(hosts);
        names = Set.copyOf(names);
        actors = Set.copyOf(actors);
        causes = Set.copyOf(causes);
        if (begins.isAfter(onset) || onset.isAfter(end)) {
            throw new IllegalArgumentException(kind + " begins " + begins + ", sets on " + onset + ", ends " + end);
        }
    }
}
