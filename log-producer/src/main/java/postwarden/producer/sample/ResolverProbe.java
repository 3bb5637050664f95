package postwarden.producer.sample;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postwarden.producer.publish.Sample;

/**
 * How long the resolvers that this host uses take for the MX records of some names, each asked directly. A server that does not
 * answer one name in time is not asked for the others, so that an outage costs one limit a server.
 */
final class ResolverProbe implements Probe {
    /** As many as resolv.conf(5) allows. */
    private static final int MOST_SERVERS = 3;

    private static final List<Column> COLUMNS = List.of(
            Column.sum("queries"),
            Column.sum("answers"),
            Column.sum("timeouts"),
            Column.sum("failures"),
            Column.sum("answerMicrosSum"),
            Column.most("answerMicrosMost"));

    private final Path resolvConf;
    private final List<String> configured;
    private final int port;
    private final List<String> names;
    private final Duration limit;

    /**
     * A probe.
     *
     * @param servers IP addresses; empty: those in resolv.conf
     * @param port theirs
     */
    ResolverProbe(Path resolvConf, List<String> servers, int port, List<String> names, Duration limit) {
        this.resolvConf = resolvConf;
        this.configured = List.copyOf(servers);
        this.port = port;
        this.names = List.copyOf(names);
        this.limit = limit;
    }

    @Override
    public Sample.Kind kind() {
        return Sample.Kind.RESOLVER;
    }

    @Override
    public Optional<Reading> read(long nanos) throws IOException {
        List<String> servers = configured.isEmpty() ? nameservers() : configured;
        if (servers.isEmpty()) {
            throw new IOException(resolvConf + " names no server");
        }
        Table byServer = new Table(COLUMNS, MOST_SERVERS);
        long[] all = new long[COLUMNS.size()];
        for (String server : servers) {
            // An address as text is not looked up. One that is none is no server.
            long[] row = ask(new InetSocketAddress(server, port));
            byServer.add(server, row);
            for (int i = 0; i < all.length; i++) {
                all[i] = COLUMNS.get(i).of(all[i], row[i]);
            }
        }
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < all.length; i++) {
            values.put(COLUMNS.get(i).name(), (double) all[i]);
        }
        return Optional.of(new Reading("", "", 0, values, Map.of("server", byServer.group())));
    }

    private long[] ask(InetSocketAddress address) {
        Answers answers = new Answers();
        DnsServer server = new DnsServer(address, limit);
        for (String name : names) {
            long began = System.nanoTime();
            try {
                if (server.ask(name) == DnsQuestion.Answer.KNOWN) {
                    answers.came(System.nanoTime() - began);
                } else {
                    answers.failed();
                }
            } catch (SocketTimeoutException e) {
                answers.timedOut();
                break;
            } catch (IOException nobodyListens) {
                answers.failed();
            }
        }
        return answers.row();
    }

    private List<String> nameservers() throws IOException {
        return ProcFile.lines(resolvConf).stream()
                .map(ProcFile::words)
                .filter(words -> words.size() > 1 && words.get(0).equals("nameserver"))
                .map(words -> words.get(1))
                .filter(address -> Bounds.isAddress(withoutZone(address)))
                .limit(MOST_SERVERS)
                .toList();
    }

    /** {@code fe80::1%eth0} is an address with a zone. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    /** What one server did. */
    private static final class Answers {
        private static final long NANOS_A_MICRO = 1000;

        private long came;
        private long timeouts;
        private long failures;
        private long sum;
        private long most;

        void came(long nanos) {
            came++;
            sum += nanos / NANOS_A_MICRO;
            most = Math.max(most, nanos / NANOS_A_MICRO);
        }

        void timedOut() {
            timeouts++;
        }

        void failed() {
            failures++;
        }

        long[] row() {
            return new long[] {came + timeouts + failures, came, timeouts, failures, sum, most};
        }
    }
}
