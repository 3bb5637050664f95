package postwarden.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import postwarden.event.LogRecord;

/**
 * How far one intake has come. {@code postwarden.intake.behind} by {@code partition}: seconds between now and the newest time that it
 * has read of, a line's or a heartbeat's by its host's clock, but not beyond the moment when the broker took it, because a clock that is
 * ahead must not hide a backlog. {@code postwarden.records.missed}: offsets between two records that follow each other; lines that
 * retention deleted before they were read, or the markers of a writer with transactions, which our producer is not. One thread, but for
 * the gauge.
 */
final class IntakeProgress {
    private static final String BEHIND = "postwarden.intake.behind";
    private static final double MILLIS_A_SECOND = 1000;
    private static final long NONE = -1;

    private final MeterRegistry registry;
    private final Counter missed;
    /** Milliseconds since 1970; asked by whoever reads the meters. */
    private final AtomicLong newest = new AtomicLong(Long.MIN_VALUE);

    private Optional<Gauge> behind = Optional.empty();
    private long seen = Long.MIN_VALUE;
    private long offset = NONE;
    private int partition;

    IntakeProgress(MeterRegistry registry) {
        this.registry = registry;
        missed = registry.counter("postwarden.records.missed");
    }

    /** A task begins, or begins again; it shows nothing before it has read something. */
    void begin(int ofPartition) {
        end();
        partition = ofPartition;
        offset = NONE;
        seen = Long.MIN_VALUE;
    }

    /** A record comes, readable or not. */
    void record(long at) {
        if (offset != NONE && at > offset + 1) {
            missed.increment((double) (at - offset - 1));
        }
        offset = at;
    }

    /**
     * A record has been read.
     *
     * @param appended when the broker took it, in milliseconds since 1970
     */
    void read(LogRecord record, long appended) {
        long time = Math.min(appended, time(record));
        if (time > seen) {
            seen = time;
            newest.lazySet(time);
            if (behind.isEmpty()) {
                show();
            }
        }
    }

    /** The task has gone. */
    void end() {
        behind.ifPresent(registry::remove);
        behind = Optional.empty();
    }

    private void show() {
        behind = Optional.of(Gauge.builder(BEHIND, this::seconds)
                .tag("partition", Integer.toString(partition))
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry));
    }

    private double seconds() {
        return Math.max(0, registry.config().clock().wallTime() - newest.get()) / MILLIS_A_SECOND;
    }

    private static long time(LogRecord record) {
        if (record instanceof LogRecord.Line line) {
            return line.time().toEpochMilli();
        }
        return record instanceof LogRecord.Heartbeat heartbeat
                ? heartbeat.time().toEpochMilli()
                : Long.MIN_VALUE;
    }
}
