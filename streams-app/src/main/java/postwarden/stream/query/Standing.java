package postwarden.stream.query;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import postwarden.detect.Fleet;
import postwarden.detect.HostProgress;
import postwarden.tally.Pane;

/** How far the hosts are, as one part of the watches knew at one commit. */
final class Standing {
    private final Fleet fleet;
    /** Of which something came within the last commits, as the fleet's store names them. */
    private final Set<String> moving;

    private final Map<String, Map<String, Host>> tenants = new ConcurrentHashMap<>();

    /** As of one commit. */
    Standing(Fleet fleet, Set<String> moving) {
        this.fleet = fleet;
        this.moving = Set.copyOf(moving);
    }

    /** Where a host stands. */
    enum State {
        CURRENT,
        /** Behind the others by more than is waited for, and catching up. */
        LATE,
        /** Behind the others by more than is waited for, and nothing comes; or never heard of. */
        SILENT,
        ENDED
    }

    /**
     * One host.
     *
     * @param closedThrough how far its lines are counted; the epoch when none are
     * @param end the pane with which its windows end: its own last one while it speaks, because time belongs to the host; the
     *     fleet's for one that says nothing any more, whose last minute would be its last for ever
     */
    record Host(State state, Instant closedThrough, long end) {}

    /** The tenant's hosts, by name. */
    Map<String, Host> hosts(String tenant) {
        return tenants.computeIfAbsent(tenant, this::read);
    }

    /** The pane with which the windows of a host end; {@link Long#MIN_VALUE} where nobody knows. */
    long end(String tenant, String host) {
        Host known = hosts(tenant).get(host);
        return known == null ? Long.MIN_VALUE : known.end();
    }

    private Map<String, Host> read(String tenant) {
        Map<String, Host> hosts = new HashMap<>();
        long now = fleet.now(tenant);
        Set<String> behind = fleet.leftBehind(tenant);
        fleet.hosts(tenant).forEach((name, told) -> {
            State state = state(told, behind.contains(name), moving.contains(tenant + "/" + name));
            boolean speaks = state == State.CURRENT || state == State.LATE;
            long end = speaks ? told.closedThrough() : Math.max(told.closedThrough(), now);
            hosts.put(name, new Host(state, closedThrough(told), end));
        });
        return hosts;
    }

    private static State state(HostProgress told, boolean isBehind, boolean isMoving) {
        if (told.ended()) {
            return State.ENDED;
        }
        if (told.closedThrough() == Long.MIN_VALUE) {
            return State.SILENT;
        }
        if (!isBehind) {
            return State.CURRENT;
        }
        return isMoving ? State.LATE : State.SILENT;
    }

    private static Instant closedThrough(HostProgress told) {
        return told.closedThrough() == Long.MIN_VALUE ? Instant.EPOCH : Pane.end(told.closedThrough());
    }
}
