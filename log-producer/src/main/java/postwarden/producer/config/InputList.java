package postwarden.producer.config;

import com.typesafe.config.Config;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import postwarden.producer.follow.Feed;
import postwarden.producer.follow.Source;
import postwarden.producer.journal.JournalParams;
import postwarden.producer.receive.ReceiveParams;
import postwarden.producer.receive.TlsFiles;

/** By which way a source's lines come, as its entry says it: {@code path}, {@code journal} or {@code syslog}. */
final class InputList {
    private static final Set<String> JOURNAL = Set.of("units", "identifiers", "users", "directory");
    private static final Set<String> SYSLOG = Set.of("listen", "tls");
    private static final Set<String> TLS = Set.of("certificate", "key", "client-ca");
    private static final List<String> WAYS = List.of("path", "journal", "syslog");
    private static final int MOST_PORT = 65_535;

    private final Config config;

    /** Reads entries over the settings of the whole agent. */
    InputList(Config config) {
        this.config = config;
    }

    Feed feed(Config entry) {
        List<String> given = WAYS.stream().filter(entry::hasPath).toList();
        if (given.size() != 1) {
            throw new IllegalArgumentException("a source has one of path, journal and syslog, not "
                    + (given.isEmpty() ? "none of them" : String.join(" and ", given)));
        }
        return switch (given.get(0)) {
            case "journal" -> new Feed.Journal(journal(entry.getConfig("journal")));
            case "syslog" -> syslog(entry.getConfig("syslog"));
            default -> entry.getString("path").equals(Source.STANDARD_INPUT) ? new Feed.Piped() : new Feed.Files();
        };
    }

    /** What stands for the source where a file has its path. */
    static String path(Feed feed, Config entry) {
        if (feed instanceof Feed.Journal journal) {
            return journal.params().path();
        }
        return feed instanceof Feed.Syslog syslog ? "syslog:" + syslog.params().name() : entry.getString("path");
    }

    /** Inputs of which two cannot go on by one checkpoint or one port. */
    static Set<String> same(List<Source> sources) {
        Set<String> once = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        for (Source source : sources) {
            String name = source.feed() instanceof Feed.Journal journal
                    ? journal.params().identity()
                    : source.feed() instanceof Feed.Syslog syslog
                            ? syslog.params().name()
                            : "";
            if (!name.isEmpty() && !once.add(name)) {
                twice.add(source.path());
            }
        }
        return twice;
    }

    private JournalParams journal(Config entry) {
        known("journal", entry, JOURNAL);
        Config all = config.getConfig("journal");
        return new JournalParams(
                entry.hasPath("units") ? entry.getStringList("units") : List.of(),
                entry.hasPath("identifiers") ? entry.getStringList("identifiers") : List.of(),
                entry.hasPath("users") ? entry.getLongList("users") : List.of(),
                entry.hasPath("directory") ? entry.getString("directory") : "",
                all.getString("command"),
                all.getLong("ordinary-users"),
                Math.toIntExact(all.getBytes("longest-entry")),
                all.getDuration("longest-backoff"));
    }

    private Feed.Syslog syslog(Config entry) {
        known("syslog", entry, SYSLOG);
        Config all = config.getConfig("receive");
        ReceiveParams params = new ReceiveParams(
                address(entry.getString("listen")),
                entry.hasPath("tls") ? Optional.of(tls(entry.getConfig("tls"))) : Optional.empty(),
                all.getInt("connections"),
                Math.toIntExact(all.getBytes("longest-message")),
                all.getDuration("stall"),
                all.getDuration("idle"),
                all.getBytes("segment"),
                all.getBytes("spool"));
        Path spools = Feed.spools(Path.of(config.getString("checkpoint.directory")));
        return new Feed.Syslog(params, spools.resolve(params.name().replace(':', '_')));
    }

    private static TlsFiles tls(Config tls) {
        known("syslog.tls", tls, TLS);
        return new TlsFiles(
                Path.of(tls.getString("certificate")),
                Path.of(tls.getString("key")),
                tls.hasPath("client-ca") ? Optional.of(Path.of(tls.getString("client-ca"))) : Optional.empty());
    }

    /** {@code PORT} or {@code ADDRESS:PORT}; without an address only this host can send. */
    private static InetSocketAddress address(String listen) {
        int colon = listen.lastIndexOf(':');
        String host = listen.substring(0, Math.max(0, colon));
        int port = port(listen, listen.substring(colon + 1));
        try {
            InetAddress address = host.isEmpty() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("syslog.listen = " + listen + ": no such address", e);
        }
    }

    private static int port(String listen, String digits) {
        boolean number = !digits.isEmpty()
                && digits.length() <= String.valueOf(MOST_PORT).length()
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > MOST_PORT) {
            throw new IllegalArgumentException(
                    "syslog.listen = " + listen + " is neither PORT nor ADDRESS:PORT, with a port from 1 to 65535");
        }
        return port;
    }

    private static void known(String key, Config entry, Set<String> keys) {
        Set<String> names = new TreeSet<>(entry.root().keySet());
        names.removeAll(keys);
        if (!names.isEmpty()) {
            throw new IllegalArgumentException(key + " has no such setting: " + String.join(", ", names));
        }
    }
}
