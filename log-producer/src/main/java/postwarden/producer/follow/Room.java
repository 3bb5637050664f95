package postwarden.producer.follow;

import postwarden.producer.publish.Outlet;

/**
 * Whether the next line of a host may go to Kafka now, and whether any could not: where one partition stands still, the files of its
 * hosts wait and are passed over, while others are read.
 */
final class Room {
    private final Outlet outlet;
    private boolean lacked;

    Room(Outlet outlet) {
        this.outlet = outlet;
    }

    boolean isFor(String host) {
        boolean room = outlet.hasRoom(host);
        lacked |= !room;
        return room;
    }

    /** Whether a line had to wait since this was asked last. */
    boolean wasLacking() {
        boolean since = lacked;
        lacked = false;
        return since;
    }
}
