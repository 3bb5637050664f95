package postwarden.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that there is: hosts with their people, and everybody else. */
final class World {
    /** Mailboxes of a host: a few have many. */
    private static final int FEWEST_PEOPLE = 40;

    private static final int MOST_PEOPLE = 800;
    private static final double PEOPLE_SHAPE = 1.1;
    /** Messages that a person sends on a working day: the median is 3, one in a hundred sends 60. */
    private static final double FEWEST_SENDS = 1.5;

    private static final double SENDS_SHAPE = 1.25;
    private static final double MOST_SENDS = 120;
    /** From so many sends a day on somebody is too busy for a look-alike to be one. */
    private static final double BUSY = 12;
    /** People who are looked at before one of them is taken. */
    private static final int CANDIDATES = 200;

    private static final int CARRIERS = 12;
    private static final int CONTACTS = 25;
    /** Share of the people who sit behind their company's one address, and how many sit together. */
    private static final double IN_OFFICE = .5;

    private static final int OFFICE = 14;
    /** Two of three hosts run Postfix. */
    private static final int EVERY_EXIM = 3;

    final Agenda agenda;
    final Sites sites;
    final List<Station> stations = new ArrayList<>();
    /** What happened by itself and is worth a word. */
    final List<Label> chronicle = new ArrayList<>();

    /** To whom something happened, and when. */
    private final Map<Person, Long> taken = new HashMap<>();

    private final Addresses addresses = new Addresses();

    World(int hosts, Agenda agenda, Chance chance) {
        this.agenda = agenda;
        sites = new Sites(addresses, chance.split());
        for (int number = 0; number < hosts; number++) {
            stations.add(station(number, chance.split()));
        }
    }

    Client home() {
        return addresses.home();
    }

    Client office() {
        return addresses.office();
    }

    /**
     * Somebody of a host to whom nothing else happens, or on a small host after a long time he who was left alone longest; a
     * person of ordinary business.
     *
     * @param now when it happens; {@link Long#MAX_VALUE} for somebody to whom nothing else may ever happen
     */
    Person somebody(Station station, long now, Chance chance) {
        Person best = station.people.get(0);
        for (int look = 0; look < CANDIDATES && taken.getOrDefault(best, Long.MIN_VALUE) > Long.MIN_VALUE; look++) {
            Person person = chance.of(station.people);
            boolean longer = taken.getOrDefault(person, Long.MIN_VALUE) < taken.getOrDefault(best, Long.MIN_VALUE);
            if (person.sends < BUSY && longer) {
                best = person;
            }
        }
        taken.put(best, now);
        return best;
    }

    /** The address that a person's phone has at the moment; it changes every two hours. */
    static Client phone(Person person, long now) {
        long number = person.address.hashCode() * 31L + Math.floorDiv(now, 2 * Agenda.HOUR) * 7919L;
        return Addresses.phone(person.carrier, (int) (number ^ number >>> 20));
    }

    private Station station(int number, Chance chance) {
        boolean exim = number % EVERY_EXIM == EVERY_EXIM - 1;
        Station station = new Station(
                (exim ? "cp" : "mx") + number,
                exim ? Station.Flavour.EXIM : Station.Flavour.POSTFIX,
                "customer" + number + ".example",
                "192.0.2." + (1 + number % 254),
                agenda,
                chance.split());
        int people = (int) chance.heavy(FEWEST_PEOPLE, PEOPLE_SHAPE, MOST_PEOPLE);
        Client office = addresses.office();
        for (int one = 0; one < people; one++) {
            if (one % OFFICE == 0) {
                office = addresses.office();
            }
            Client desk = chance.once(IN_OFFICE) ? office : addresses.home();
            station.people.add(person(station, one, desk, chance));
        }
        return station;
    }

    private Person person(Station station, int number, Client desk, Chance chance) {
        Person person = new Person(
                "user" + number + "@" + station.domain,
                station,
                chance.heavy(FEWEST_SENDS, SENDS_SHAPE, MOST_SENDS),
                desk,
                chance.below(CARRIERS));
        return person;
    }

    /** Somebody whom a person knows, as a rule. */
    Outbox.To contact(Person person, Chance chance) {
        if (person.contacts.size() < CONTACTS || chance.once(.1)) {
            Outbox.To somebody = sites.somebody(chance);
            if (person.contacts.size() < CONTACTS) {
                person.contacts.add(somebody);
            }
            return somebody;
        }
        return chance.of(person.contacts);
    }
}
