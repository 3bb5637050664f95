package postwarden.benchmarks;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import postwarden.event.LogRecord;

/**
 * The mail log of a made-up fleet, without end and in the order of its times: the same shape gives the same lines. Sessions of
 * a host run side by side, so that the lines of a message stand apart as they do in a real log.
 *
 * <p>Run on its own it prints lines: {@code FleetLoad LINES [SHAPE]}.
 */
public final class FleetLoad implements Load {
    private static final long NANOS = 1_000_000_000L;

    private final FleetShape shape;
    private final Instant start;
    private final SplittableRandom random;
    private final Cast cast;
    private final List<FleetHost> hosts;
    private long lines;
    private long attackLines;

    public FleetLoad(FleetShape shape, Instant start) {
        this.shape = shape;
        this.start = start;
        random = new SplittableRandom(shape.seed());
        cast = new Cast(shape, random.split());
        hosts = IntStream.range(0, shape.hosts())
                .mapToObj(number -> new FleetHost(number, cast, random.split()))
                .toList();
    }

    /** Prints lines as they stand in a file of all hosts. */
    public static void main(String[] arguments) {
        FleetLoad load = new FleetLoad(FleetShape.of(arguments.length > 1 ? arguments[1] : ""), START);
        PrintWriter out =
                new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
        for (long line = Long.parseLong(arguments[0]); line > 0; line--) {
            out.append(load.next().text()).append('\n');
        }
        out.flush();
        System.err.println(load.keysSeen() + " different keys, " + load.attackLines + " lines of attacks");
    }

    @Override
    public List<String> hosts() {
        return hosts.stream().map(FleetHost::name).sorted().toList();
    }

    @Override
    public LogRecord.Line next() {
        Instant time = start.plusNanos((long) ((double) lines * NANOS / shape.linesPerSecond()));
        boolean attack = attackLines < shape.attacks() * lines;
        FleetHost host = hosts.get(random.nextInt(hosts.size()));
        lines++;
        if (attack) {
            attackLines++;
            return host.attacked(time);
        }
        return host.next(time);
    }

    @Override
    public long keysSeen() {
        return cast.seen();
    }
}
