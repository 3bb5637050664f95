package postwarden.producer.follow;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import postwarden.producer.checkpoint.Checkpoint;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.publish.Outgoing;
import postwarden.producer.publish.Outlet;
import postwarden.producer.redact.Redaction;
import postwarden.producer.redact.SiteKey;

/** An agent without Kafka and without threads: its files are real, what it sends and its checkpoint are kept in lists. */
final class Harness implements AutoCloseable {
    static final int HOSTS = 5;
    /** How long before it lost its memory an agent remembered files. */
    static final Duration REMEMBERED = Duration.ofHours(1);

    static final SiteKey KEY = new SiteKey("a key of this test only".getBytes(StandardCharsets.US_ASCII));

    final FollowMetrics metrics = FollowMetrics.in(new SimpleMeterRegistry());
    final List<Outgoing> sent = new ArrayList<>();
    final SettableClock clock = new SettableClock();

    /** For which hosts there is room on the way to Kafka: for all, unless a test says otherwise. */
    Predicate<String> room = host -> true;

    /** For how long the agent says that it waited for room. */
    long waitedNanos;

    private final List<Source> sources;
    private final FollowParams params;
    private final Supplier<Bell> bells;
    private final List<Runnable> unacknowledged = new ArrayList<>();
    private InputStream input = new ByteArrayInputStream(new byte[0]);
    private Checkpoint checkpoint = Checkpoint.NOTHING;
    private Registry registry = new Registry(Checkpoint.NOTHING, true);
    private Set<String> inexact = Set.of();
    private Follower follower;
    private boolean begun;

    Harness(int chunk, Source... sources) {
        this(chunk, false, sources);
    }

    /** @param links whether links are followed */
    Harness(int chunk, boolean links, Source... sources) {
        this(chunk, links, 0, sources);
    }

    /** @param open how many logs are open at once, 0 for as many as possible */
    Harness(int chunk, boolean links, int open, Source... sources) {
        this(
                new FollowParams(
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        chunk,
                        HOSTS,
                        open,
                        links,
                        false),
                null,
                sources);
    }

    /** @param kernel tells of changes, and the test may listen too; none for one of the agent's own */
    Harness(FollowParams params, @Nullable WatchService kernel, Source... sources) {
        this.sources = List.of(sources);
        this.params = params;
        this.bells = () -> kernel == null ? Bell.install(metrics.overflows()) : new Bell(kernel, metrics.overflows());
        this.follower = follower();
    }

    static Source source(Path path) {
        return source(path.toString(), Source.Start.BEGINNING, new HostRule.FromHeader());
    }

    static Source source(String path, Source.Start start, HostRule host) {
        return new Source(path, start, "default", host, ZoneId.of("UTC"));
    }

    void standardInput(InputStream in) {
        input = in;
        restart();
    }

    /** Lets time pass so that everything is due, and reads until nothing is left. */
    void settle() {
        step();
        while (follower.step()) {
            clock.pass(Duration.ZERO);
        }
        step();
    }

    void step() {
        clock.pass(Duration.ofSeconds(1));
        look();
        follower.step();
    }

    /** As the agent does: the files that are there are in a checkpoint before any line is sent. */
    void look() {
        if (!begun) {
            begun = true;
            follower.begin();
            checkpoint();
        }
    }

    /** Other sources, as a configuration that is read again brings them. */
    void follow(Source... others) {
        look();
        follower.follow(List.of(others));
    }

    private Follower follower() {
        begun = false;
        Outlet outlet = new Outlet() {
            @Override
            public boolean hasRoom(String host) {
                return room.test(host);
            }

            @Override
            public void waited(long nanos) {
                waitedNanos += nanos;
            }

            @Override
            public boolean send(Outgoing record, Runnable acknowledged) {
                sent.add(kept(record));
                unacknowledged.add(acknowledged);
                return true;
            }
        };
        Redaction redaction = Redaction.with(KEY);
        try {
            return new Follower(
                    params, sources, "agent", registry, outlet, input, redaction, metrics, clock, bells.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with a text of its own: an outlet has the reader's only until it returns. */
    private static Outgoing kept(Outgoing record) {
        byte[] text = new byte[record.text().remaining()];
        record.text().duplicate().get(text);
        return new Outgoing(
                record.kind(),
                record.tenant(),
                record.reporter(),
                record.host(),
                record.header(),
                record.readTimeMicros(),
                ByteBuffer.wrap(text),
                record.file(),
                record.fileId(),
                record.startOffset(),
                record.endOffset(),
                record.fragment(),
                record.last(),
                record.roster(),
                record.note(),
                record.contiguous(),
                record.fresh());
    }

    Map<String, String> unreadable() {
        return follower.unreadable();
    }

    void rest() throws InterruptedException {
        follower.rest();
    }

    boolean exhausted() {
        return follower.exhausted();
    }

    void end() {
        follower.end();
    }

    /** Acknowledges the oldest records. */
    void acknowledge(int count) {
        List<Runnable> part = unacknowledged.subList(0, Math.min(count, unacknowledged.size()));
        part.forEach(Runnable::run);
        part.clear();
    }

    void acknowledgeAll() {
        acknowledge(unacknowledged.size());
    }

    /** Writes a checkpoint, as long as paths are not looked at. */
    void checkpoint() {
        registry.checkpoint().ifPresent(whole -> checkpoint = whole);
    }

    /** The process dies, and starts again from its last checkpoint. */
    void crash() {
        die();
        revive();
    }

    /** Takes a step in the middle of which, when it has asked so often for the time, the process dies and starts again; a checkpoint falls just before. */
    void stepAndCrash(int questions) {
        clock.interrupt(questions, () -> {
            checkpoint();
            throw new Killed();
        });
        try {
            step();
        } catch (Killed asked) {
            crash();
            return;
        }
        clock.interrupt(0, () -> {});
        crash();
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    void die() {
        follower.close();
        unacknowledged.clear();
    }

    void revive() {
        registry = new Registry(checkpoint, false);
        follower = follower();
    }

    /** The process is stopped in good order, with everything acknowledged. */
    void stop() {
        acknowledgeAll();
        checkpoint();
        inexact = registry.inexact();
        die();
    }

    /** The process starts again behind {@link #stop}. */
    void reviveExactly() {
        registry = new Registry(checkpoint, false, id -> !inexact.contains(id));
        follower = follower();
    }

    /** The process starts again, and none of its checkpoints can be read. */
    void reviveWithoutMemory() {
        checkpoint = Checkpoint.NOTHING;
        registry = new Registry(checkpoint, false, id -> false, clock.millis() - REMEMBERED.toMillis());
        follower = follower();
    }

    /** The agent is stopped in good order, and started again. */
    void restart() {
        acknowledgeAll();
        checkpoint();
        crash();
    }

    /** Acknowledges everything up to and with a number of lines, and writes a checkpoint. */
    void acknowledgeLines(int count) {
        int records = 0;
        for (int lines = 0; lines < count; records++) {
            lines += sent.get(records).kind() == Outgoing.Kind.LINE ? 1 : 0;
        }
        acknowledge(records);
        checkpoint();
    }

    /** Steps until something has come about by other threads; ends when the test's time is up. */
    void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            step();
            LockSupport.parkNanos(1_000_000);
            if (Thread.interrupted()) {
                throw new AssertionError("not before the time was up; sent: " + sent.size() + ", lines: " + lines());
            }
        }
    }

    List<String> lines() {
        return sent.stream()
                .filter(record -> record.kind() == Outgoing.Kind.LINE)
                .map(Harness::text)
                .toList();
    }

    List<Outgoing> of(Outgoing.Kind kind) {
        return sent.stream().filter(record -> record.kind() == kind).toList();
    }

    static String text(Outgoing record) {
        return new String(record.text().array(), StandardCharsets.ISO_8859_1);
    }

    static void append(Path file, String text) throws IOException {
        Files.writeString(
                file, text, StandardCharsets.ISO_8859_1, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() {
        follower.close();
    }

    /**
     * A clock that stands still until it is told to pass on; it begins a day ago, so it never overtakes the files' own times, and just
     * behind a heartbeat, so that the next one is ten seconds away.
     */
    static final class SettableClock extends Clock {
        private Instant now = Instant.now()
                .minus(Duration.ofDays(1))
                .truncatedTo(ChronoUnit.MINUTES)
                .plusSeconds(5);

        private int questionsLeft;
        private Runnable interruption = () -> {};

        void pass(Duration time) {
            now = now.plus(time);
        }

        /** Lets something happen in the middle of what the agent does: when it has asked so often for the time. */
        void interrupt(int questions, Runnable what) {
            questionsLeft = questions;
            interruption = what;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            if (questionsLeft > 0 && --questionsLeft == 0) {
                interruption.run();
            }
            return now;
        }
    }
}
