package postwarden.simulate;

import java.util.ArrayList;
import java.util.List;

/** Somebody with a mailbox: where he works, whom he writes to and how much. */
final class Person {
    final String address;
    final Station station;
    /** Messages sent on a working day. */
    final double sends;
    /** Where he usually is. */
    final Client desk;
    /** The block of his phone's carrier, whose address changes. */
    final int carrier;
    /** Whom he knows. */
    final List<Outbox.To> contacts = new ArrayList<>();

    Person(String address, Station station, double sends, Client desk, int carrier) {
        this.address = address;
        this.station = station;
        this.sends = sends;
        this.desk = desk;
        this.carrier = carrier;
    }

    String local() {
        return address.substring(0, address.indexOf('@'));
    }
}
