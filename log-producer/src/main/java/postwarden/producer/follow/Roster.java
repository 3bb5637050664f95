package postwarden.producer.follow;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.file.LineSplitter;
import postwarden.producer.publish.Outgoing;
import postwarden.producer.publish.Outlet;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.TimeQuality;

/**
 * The hosts that this session reads for, and what is said about each: HELLO when it becomes known, HEARTBEAT now and then, LOSS when
 * bytes were gone, END behind its last line. A heartbeat's time says how far the host has been read: the clock's when all its files
 * are read to their end, else the latest time among its lines.
 */
final class Roster {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);
    private static final ByteBuffer NO_TEXT = ByteBuffer.allocate(0);
    /** A HELLO names every host, and must fit a record like the longest line does. */
    private static final int MOST_CHARS = LineSplitter.LONGEST_PIECE;

    private final String reporter;
    private final Outlet outlet;
    private final Clock clock;
    private final int most;
    private final Map<Host, Known> hosts = new LinkedHashMap<>();

    private @Nullable Known last;
    private @Nullable Source lastSource;
    private String lastName = "";
    private boolean greeted;
    private boolean full;
    private int nameChars;

    private record Host(String tenant, String name) {}

    private static final class Known {
        private final Set<Source> sources = new HashSet<>();
        private long latestMicros = Long.MIN_VALUE;
    }

    /** A roster of at most so many hosts out of headers; those that the configuration names are always taken. */
    Roster(String reporter, Outlet outlet, Clock clock, int most) {
        this.reporter = reporter;
        this.outlet = outlet;
        this.clock = clock;
        this.most = most;
    }

    /**
     * Makes a host known; says HELLO for it when it is new and the others were greeted before. Answers false when there is no room:
     * anybody who may write a header could else invent hosts until HELLO fits no record.
     */
    boolean meet(Source source, String name) {
        boolean room = isLast(source, name) || hasRoom(source, name);
        if (room) {
            known(source, name);
        } else if (!full) {
            full = true;
            LOG.atWarn()
                    .addKeyValue("path", source.path())
                    .addKeyValue("hosts", hosts.size())
                    .addKeyValue("characters", MOST_CHARS)
                    .log(
                            "headers name more hosts than follow.hosts allows; lines of further ones are sent as not understood");
        }
        return room;
    }

    private boolean hasRoom(Source source, String name) {
        return hosts.containsKey(new Host(source.tenant(), name))
                || name.equals(reporter)
                || name.equals(source.host().fixed())
                || (hosts.size() < most && nameChars + name.length() <= MOST_CHARS);
    }

    /** Says HELLO for every host that is known, each naming all of them, so that a reader knows whom to wait for. */
    void greet() {
        greeted = true;
        hosts.keySet().forEach(this::hello);
    }

    /** Notes a line of a host. */
    void heard(Source source, String name, Header header) {
        Known known = known(source, name);
        if (header.quality() != TimeQuality.NONE && header.timeMicros() > known.latestMicros) {
            known.latestMicros = header.timeMicros();
        }
    }

    /** Sends a heartbeat for every host; none where it would only stand behind lines that wait, and take the room of others. */
    void beat(Predicate<Source> readToItsEnd, String note) {
        long now = Reading.micros(clock);
        hosts.forEach((host, known) -> {
            if (outlet.hasRoom(host.name())) {
                boolean all = known.sources.stream().allMatch(readToItsEnd);
                say(Outgoing.Kind.HEARTBEAT, host, all ? now : known.latestMicros, List.of(), note);
            }
        });
    }

    /** Goes on for other sources: says END for each host that none of them speaks for. */
    void follow(List<Source> others) {
        last = null;
        full = false;
        Set<Host> gone = new LinkedHashSet<>();
        hosts.forEach((host, known) -> {
            List<Source> successors = known.sources.stream()
                    .flatMap(source -> successor(source, others).stream())
                    .toList();
            known.sources.clear();
            known.sources.addAll(successors);
            if (successors.isEmpty()) {
                gone.add(host);
            }
        });
        for (Host host : gone) {
            Known known = hosts.remove(host);
            nameChars -= host.name().length();
            if (known != null) {
                say(Outgoing.Kind.END, host, known.latestMicros, List.of(), "its source was removed");
            }
        }
    }

    private static Optional<Source> successor(Source source, List<Source> others) {
        return !source.isFiles()
                ? Optional.of(source)
                : others.stream()
                        .filter(other -> other.path().equals(source.path())
                                && other.tenant().equals(source.tenant())
                                && other.host().equals(source.host()))
                        .findFirst();
    }

    /** Says that nothing more will come for any host. */
    void end() {
        hosts.forEach((host, known) -> say(Outgoing.Kind.END, host, known.latestMicros, List.of(), ""));
    }

    /** A log speaks of the same host line after line, so the last one is kept at hand. */
    private Known known(Source source, String name) {
        if (last == null || !isLast(source, name)) {
            last = found(source, name);
            lastSource = source;
            lastName = name;
        }
        return last;
    }

    private boolean isLast(Source source, String name) {
        return source.equals(lastSource) && lastName.equals(name);
    }

    private Known found(Source source, String name) {
        Host host = new Host(source.tenant(), name);
        Known known = hosts.get(host);
        if (known == null) {
            known = new Known();
            hosts.put(host, known);
            nameChars += name.length();
            if (greeted) {
                hello(host);
            }
        }
        known.sources.add(source);
        return known;
    }

    private void hello(Host host) {
        List<String> roster = hosts.keySet().stream()
                .filter(each -> each.tenant().equals(host.tenant()))
                .map(Host::name)
                .toList();
        say(Outgoing.Kind.HELLO, host, Long.MIN_VALUE, roster, "");
    }

    private void say(Outgoing.Kind kind, Host host, long micros, List<String> roster, String note) {
        boolean timed = micros != Long.MIN_VALUE;
        Header header = new Header(
                host.name(),
                "",
                Header.NO_PID,
                timed ? micros : 0,
                timed ? TimeQuality.ZONED : TimeQuality.NONE,
                0,
                "");
        outlet.send(
                new Outgoing(
                        kind,
                        host.tenant(),
                        reporter,
                        host.name(),
                        header,
                        Reading.micros(clock),
                        NO_TEXT,
                        "",
                        "",
                        0,
                        0,
                        0,
                        true,
                        roster,
                        note,
                        false,
                        Outgoing.NOT_FRESH),
                () -> {});
    }
}
