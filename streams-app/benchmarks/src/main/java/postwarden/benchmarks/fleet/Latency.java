package postwarden.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import postwarden.benchmarks.FleetLoad;
import postwarden.benchmarks.FleetShape;
import postwarden.schema.MailLineKind;

/**
 * From the write of the line that crosses a threshold to its alert: a fleet's lines come live, stamped with the time that it
 * is, and now and then a client that was never seen before floods a host.
 *
 * @param warmUp until the first flood that counts
 * @param time behind it
 * @param between two floods
 */
record Latency(Duration warmUp, Duration time, Duration between) {
    /** For the last alerts behind the last flood, at the most; on a machine that has no time they come late. */
    private static final Duration AFTER = Duration.ofSeconds(60);

    private static final Duration BREATH = Duration.ofMillis(2);

    /**
     * What came of it.
     *
     * @param linesPerSecond that were sent
     * @param readShare share of them that the service had read and committed at the end, 0 to 1: far below 1 it does not keep up
     * @param cpuPerMillion CPU seconds of the service for a million lines that it read, its start included
     * @param behind how late the sender was at the worst: beyond a second the load was not what was asked for
     * @param waits of the floods that counted, in the order of their lengths
     * @param missing floods that no alert told of in time
     */
    record Outcome(
            double linesPerSecond,
            double readShare,
            double cpuPerMillion,
            Duration behind,
            List<Duration> waits,
            int missing) {
        Outcome {
            waits = waits.stream().sorted().toList();
        }

        /** @param share 0 to 1; of no waits at all, zero */
        Duration quantile(double share) {
            return waits.isEmpty() ? Duration.ZERO : waits.get((int) Math.round(share * (waits.size() - 1)));
        }
    }

    Outcome run(Rig rig, Contestant postwarden, FleetShape shape, Path folder)
            throws IOException, InterruptedException, ExecutionException {
        Path own = Files.createDirectories(folder.resolve("latency"));
        FleetLoad load = new FleetLoad(shape, Instant.now());
        try (Sending sending = new Sending(rig.kafka(), load.hosts(), 0);
                Jvm process = postwarden.launch().start(rig, own, "latency");
                AlertWatch alerts = AlertWatch.start(rig.kafka())) {
            sending.word(MailLineKind.HELLO);
            while (rig.committedLines("latency") == 0) {
                Thread.sleep(BREATH.toMillis());
                if (!process.isAlive()) {
                    throw new IOException("the service has ended; " + own.resolve("log.txt") + " says why");
                }
            }
            Sent sent = send(sending, alerts, shape);
            long read = rig.committedLines("latency");
            List<Duration> waits = waits(sent.floods, alerts);
            return new Outcome(
                    sent.lines / (sent.nanos / 1e9),
                    Math.min(1, (double) read / sent.lines),
                    process.cpuSeconds() / (read / 1e6),
                    Duration.ofNanos(sent.behind),
                    waits,
                    sent.floods.size() - waits.size());
        }
    }

    /** What was written, in how long, and how late at the worst. */
    private record Sent(long lines, long nanos, long behind, List<Flood> floods) {}

    private Sent send(Sending sending, AlertWatch alerts, FleetShape shape) throws InterruptedException {
        FleetLoad load = new FleetLoad(shape, Instant.now());
        String flooded = load.hosts().get(0);
        long start = System.nanoTime();
        long counting = start + warmUp.toNanos();
        long end = counting + time.toNanos();
        long nextFlood = start + between.toNanos();
        long sent = 0;
        long late = 0;
        int number = 0;
        List<Flood> floods = new ArrayList<>();
        long now = start;
        // The fleet goes on behind the last flood: time stands still for a service that hears nothing.
        while (now < end
                || (now < end + AFTER.toNanos() && waits(floods, alerts).size() < floods.size())) {
            long due = (long) ((now - start) / 1e9 * shape.linesPerSecond());
            for (; sent < due; sent++) {
                sending.line(load.next());
            }
            late = Math.max(late, System.nanoTime() - now);
            if (now >= nextFlood && now < end) {
                nextFlood += between.toNanos();
                Flood flood = Flood.send(sending, flooded, number++);
                if (flood.crossedNanos() > counting) {
                    floods.add(flood);
                }
            }
            Thread.sleep(BREATH.toMillis());
            now = System.nanoTime();
        }
        return new Sent(sent, now - start, late, floods);
    }

    private static List<Duration> waits(List<Flood> floods, AlertWatch alerts) {
        List<Duration> waits = new ArrayList<>();
        for (Flood flood : floods) {
            alerts.seen(flood.client()).ifPresent(nanos -> waits.add(Duration.ofNanos(nanos - flood.crossedNanos())));
        }
        return waits;
    }
}
