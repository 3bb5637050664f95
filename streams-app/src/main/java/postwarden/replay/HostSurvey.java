package postwarden.replay;

import java.time.Duration;
import java.time.Instant;
import postwarden.event.LogRecord;
import postwarden.tally.HostClock;
import postwarden.tally.IntakeParams;

/** What has been seen of one host in one partition so far. */
final class HostSurvey {
    private final IntakeParams params;
    private final long announced;
    private HostClock clock = HostClock.UNSEEN;
    private Instant first = Instant.MIN;
    private Duration watched = Duration.ZERO;
    private long last;
    private long lines;
    private long records;

    /** @param announced offset of the record that first names it */
    HostSurvey(IntakeParams params, long announced) {
        this.params = params;
        this.announced = announced;
        this.last = announced;
    }

    void take(LogRecord record, long offset) {
        records++;
        last = offset;
        HostClock before = clock;
        if (record instanceof LogRecord.Line line) {
            clock = clock.after(line.time(), params);
        } else if (record instanceof LogRecord.Heartbeat heartbeat) {
            clock = clock.readUpTo(heartbeat.time());
        }
        if (record instanceof LogRecord.Line || record instanceof LogRecord.Unparsed) {
            lines++;
        }
        if (clock.newest().equals(Instant.MIN)) {
            return;
        }
        if (before.newest().equals(Instant.MIN)) {
            first = clock.newest();
        } else {
            Duration step = Duration.between(before.newest(), clock.newest());
            watched = watched.plus(step.compareTo(params.leap()) > 0 ? params.leap() : step);
        }
    }

    HostPart part(int partition, String tenant, String host) {
        return new HostPart(
                partition,
                tenant,
                host,
                records == 0 ? announced : last,
                lines,
                records,
                millis(first),
                millis(clock.newest()),
                watched.toMillis());
    }

    private static long millis(Instant time) {
        return time.equals(Instant.MIN) ? HostPart.NO_TIME : time.toEpochMilli();
    }
}
