package postwarden.scan;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.function.Consumer;
import postwarden.event.LogRecord;
import postwarden.incident.Alert;
import postwarden.tally.Pane;

/**
 * Reads files side by side in the order of their lines' times, and drains the engine at every pane: the reference that the
 * running service is held against.
 */
public final class Scan {
    private final Engine engine;
    private final Consumer<Alert> alerts;
    private final Map<String, Integer> filesOfHost = new HashMap<>();
    private long lines;

    /** A file and where it stands among the others. */
    private record Next(Instant position, int index, LogReader file) {}

    public Scan(Engine engine, Consumer<Alert> alerts) {
        this.engine = engine;
        this.alerts = alerts;
    }

    /** Reads all files to their end. @throws IOException naming the file that could not be read further */
    public void read(List<LogReader> files) throws IOException {
        greet(files);
        PriorityQueue<Next> queue =
                new PriorityQueue<>(Comparator.comparing(Next::position).thenComparing(Next::index));
        for (int i = 0; i < files.size(); i++) {
            enqueue(queue, files.get(i), i);
        }
        long pane = Long.MIN_VALUE;
        while (!queue.isEmpty()) {
            Next next = queue.poll();
            LogRecord record = next.file().take();
            engine.accept(record);
            if (!(record instanceof LogRecord.Continuation)) {
                lines++;
            }
            if (record instanceof LogRecord.Line line && Pane.of(line.time()) > pane) {
                pane = Pane.of(line.time());
                drain();
            }
            enqueue(queue, next.file(), next.index());
        }
        drain();
    }

    /** Lines read so far. */
    public long lines() {
        return lines;
    }

    private void greet(List<LogReader> files) throws IOException {
        for (LogReader file : files) {
            Optional<LogRecord> first = file.peek();
            first.ifPresent(record -> filesOfHost.merge(record.host(), 1, Integer::sum));
        }
        List<String> roster = List.copyOf(new TreeSet<>(filesOfHost.keySet()));
        roster.forEach(host -> engine.accept(new LogRecord.Hello("default", host, roster)));
    }

    private void enqueue(PriorityQueue<Next> queue, LogReader file, int index) throws IOException {
        Optional<LogRecord> next = file.peek();
        if (next.isPresent()) {
            queue.add(new Next(file.position(), index, file));
        } else {
            file.firstHost().ifPresent(this::fileEnded);
        }
    }

    private void fileEnded(String host) {
        int left = filesOfHost.merge(host, -1, Integer::sum);
        if (left <= 0) {
            engine.accept(new LogRecord.End("default", host));
        }
    }

    private void drain() {
        new ArrayList<>(engine.drain()).forEach(alerts);
    }
}
