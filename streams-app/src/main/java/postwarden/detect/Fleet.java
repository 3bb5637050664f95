package postwarden.detect;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import postwarden.correlate.Memory;
import postwarden.tally.Pane;
import postwarden.tally.Progress;

/**
 * Whom a watch waits for: how far each host has come in its own event time. A host's pane is closed when that host has
 * passed it; a pane of all hosts together when all have passed it that were announced, have not ended and were not left
 * behind.
 */
public final class Fleet {
    /** Hosts from which on one of them can be outvoted. */
    private static final int LEAST_FLEET = 3;

    private static final int LEAST_FRONT = 2;

    private final Memory<String, HostProgress> memory;
    private final WatchParams params;
    private final Map<String, Map<String, HostProgress>> tenants = new HashMap<>();
    private final Map<String, Set<String>> suspects = new HashMap<>();
    private final Map<String, Long> settled = new HashMap<>();

    public Fleet(Memory<String, HostProgress> memory, WatchParams params) {
        this.memory = memory;
        this.params = params;
        memory.forEach((name, progress) -> {
            int slash = name.indexOf('/');
            remembered(name.substring(0, slash)).put(name.substring(slash + 1), progress);
            suspect(name.substring(0, slash), name.substring(slash + 1), progress);
        });
    }

    /** Takes in how far a host has come. */
    public void progress(Progress told) {
        for (String announced : told.roster()) {
            if (!remembered(told.tenant()).containsKey(announced)) {
                remember(told.tenant(), announced, HostProgress.ANNOUNCED);
            }
        }
        HostProgress before = remembered(told.tenant()).getOrDefault(told.host(), HostProgress.ANNOUNCED);
        long closed = Math.max(before.closedThrough(), told.closedThrough());
        boolean spoke = told.word().heard() > before.word().heard();
        remember(
                told.tenant(),
                told.host(),
                new HostProgress(
                        closed,
                        // That nothing comes says nothing of an end.
                        told.word().quiet() ? before.ended() : told.ended(),
                        told.word().heard() >= before.word().heard()
                                        && !told.word().isNone()
                                ? told.word()
                                : before.word(),
                        spoke ? settled.getOrDefault(told.tenant(), Long.MIN_VALUE) : before.then(),
                        before.silent().heard(told.word().heard())));
    }

    /** The last pane that all had passed when the watch settled last; what has come since is measured from there. */
    void settled(String tenant, long closed) {
        settled.put(tenant, closed);
    }

    /** The hosts that may be silent, or were told to be, by name. */
    SortedMap<String, HostProgress> suspects(String tenant) {
        Set<String> names = suspects.getOrDefault(tenant, Set.of());
        SortedMap<String, HostProgress> hosts = new TreeMap<>();
        names.forEach(name -> hosts.put(name, known(tenant).getOrDefault(name, HostProgress.ANNOUNCED)));
        return hosts;
    }

    /** The hosts that have not ended and that this producer reads for, by name. */
    SortedMap<String, HostProgress> of(String tenant, String reporter) {
        SortedMap<String, HostProgress> hosts = new TreeMap<>();
        known(tenant).forEach((name, progress) -> {
            if (!progress.ended() && progress.word().reporter().equals(reporter)) {
                hosts.put(name, progress);
            }
        });
        return hosts;
    }

    /** Notes what was told of a host's silence. */
    void silent(String tenant, String host, HostProgress.Silent told) {
        remember(
                tenant,
                host,
                known(tenant).getOrDefault(host, HostProgress.ANNOUNCED).with(told));
    }

    /** The last pane that the host has passed; {@link Long#MIN_VALUE} when there is none. */
    public long closedThrough(String tenant, String host) {
        return known(tenant).getOrDefault(host, HostProgress.ANNOUNCED).closedThrough();
    }

    /** The last pane that all have passed who are waited for; {@link Long#MIN_VALUE} when there is none. */
    public long closedThrough(String tenant) {
        Collection<HostProgress> hosts = known(tenant).values();
        long foremost = Long.MIN_VALUE;
        for (HostProgress host : hosts) {
            foremost = Math.max(foremost, host.closedThrough());
        }
        long front = front(hosts);
        long closed = foremost;
        for (HostProgress host : hosts) {
            if (!host.ended() && !isLeftBehind(host, front)) {
                closed = Math.min(closed, host.closedThrough());
            }
        }
        return closed;
    }

    /**
     * How far the front of the fleet is: not its foremost host, whose clock may be wrong, but as many as are believed. Who has
     * ended bears witness of how late it was then.
     */
    private long front(Collection<HostProgress> hosts) {
        if (params.leaveBehind().isEmpty()) {
            return Long.MIN_VALUE;
        }
        // Who is known to say nothing bears no witness of how late it is, or a fleet of which most are silent would
        // stand still.
        Collection<HostProgress> speaking =
                hosts.stream().filter(host -> !host.word().quiet()).toList();
        long[] told = speaking.stream()
                .mapToLong(HostProgress::closedThrough)
                .filter(closed -> closed != Long.MIN_VALUE)
                .sorted()
                .toArray();
        if (told.length == 0) {
            return Long.MIN_VALUE;
        }
        long running = speaking.stream().filter(host -> !host.ended()).count();
        // Of two, nobody can say whose clock is right.
        int believed = told.length < LEAST_FLEET
                ? 1
                : Math.max(LEAST_FRONT, (int) Math.ceil(params.front() * (double) running));
        return told[told.length - Math.min(believed, told.length)];
    }

    /**
     * The last pane that each host has passed; what has ended has come as far as all together.
     *
     * @return by host, and for all together under the empty name
     */
    Map<String, Long> closed(String tenant) {
        long all = closedThrough(tenant);
        Map<String, Long> closed = new HashMap<>();
        known(tenant).forEach((host, progress) -> closed.put(host, progress.ended() ? all : progress.closedThrough()));
        closed.put("", all);
        return closed;
    }

    /**
     * How far the tenant is, for who looks at it from outside: the front of its fleet, or its foremost host where nobody is
     * left behind; {@link Long#MIN_VALUE} while nothing is complete.
     */
    public long now(String tenant) {
        Collection<HostProgress> hosts = known(tenant).values();
        long front = front(hosts);
        return front != Long.MIN_VALUE
                ? front
                : hosts.stream().mapToLong(HostProgress::closedThrough).max().orElse(Long.MIN_VALUE);
    }

    /** What is known of the tenant's hosts, by name. */
    public Map<String, HostProgress> hosts(String tenant) {
        return Collections.unmodifiableMap(known(tenant));
    }

    /** The hosts that are so far behind the front that the others do not wait for them. */
    public Set<String> leftBehind(String tenant) {
        Map<String, HostProgress> hosts = known(tenant);
        long front = front(hosts.values());
        Set<String> behind = new TreeSet<>();
        hosts.forEach((name, host) -> {
            if (isLeftBehind(host, front)) {
                behind.add(name);
            }
        });
        return behind;
    }

    /** How many hosts of all tenants are heard of, and how. */
    public Roll roll() {
        long behind = 0;
        long ended = 0;
        long all = 0;
        for (Map<String, HostProgress> hosts : tenants.values()) {
            long front = front(hosts.values());
            for (HostProgress host : hosts.values()) {
                all++;
                ended += host.ended() ? 1 : 0;
                behind += !host.ended() && isLeftBehind(host, front) ? 1 : 0;
            }
        }
        return new Roll(all - behind - ended, behind, ended);
    }

    /**
     * How many hosts there are.
     *
     * @param following those that are waited for
     * @param leftBehind silent, or so late that nobody waits for them
     * @param ended those that said that nothing more will come
     */
    public record Roll(long following, long leftBehind, long ended) {}

    /** Whether hosts are known and nothing more will come from any of them. */
    public boolean hasEnded(String tenant) {
        Map<String, HostProgress> hosts = known(tenant);
        return !hosts.isEmpty() && hosts.values().stream().allMatch(HostProgress::ended);
    }

    /** The tenants of which a host is known. */
    public Iterable<String> tenants() {
        return new TreeMap<>(tenants).keySet();
    }

    private boolean isLeftBehind(HostProgress host, long front) {
        return params.leaveBehind()
                .map(time -> front != Long.MIN_VALUE && host.closedThrough() < front - Pane.count(time))
                .orElse(false);
    }

    /** Asking makes nobody known: a tenant without hosts would seem to have ended. */
    private Map<String, HostProgress> known(String tenant) {
        return tenants.getOrDefault(tenant, Map.of());
    }

    private Map<String, HostProgress> remembered(String tenant) {
        return tenants.computeIfAbsent(tenant, t -> new TreeMap<>());
    }

    private void remember(String tenant, String host, HostProgress progress) {
        remembered(tenant).put(host, progress);
        suspect(tenant, host, progress);
        memory.put(tenant + "/" + host, progress);
    }

    private void suspect(String tenant, String host, HostProgress progress) {
        if (progress.word().quiet() || !progress.silent().isNone()) {
            suspects.computeIfAbsent(tenant, t -> new TreeSet<>()).add(host);
        } else if (!suspects.isEmpty()) {
            suspects.getOrDefault(tenant, new TreeSet<>()).remove(host);
        }
    }
}
