package postwarden.stream.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import postwarden.correlate.CopiedLine;
import postwarden.correlate.CopyTable;
import postwarden.correlate.Intervals;
import postwarden.correlate.QueueEntry;
import postwarden.correlate.Trace;
import postwarden.correlate.TriedLogin;
import postwarden.detect.HostProgress;
import postwarden.drift.Template;
import postwarden.drift.TemplateCount;
import postwarden.event.Daemon;
import postwarden.event.Reason;
import postwarden.incident.Settled;
import postwarden.tally.AnyTally;
import postwarden.tally.Hole;
import postwarden.tally.HostClock;
import postwarden.tally.Key;
import postwarden.tally.PaneKey;
import postwarden.tally.Progress;
import postwarden.tally.Pulse;
import postwarden.tally.Watch;
import postwarden.tally.Word;

/** What the intake and the watches remember, as no sensible mail server would make it; the same for the same seed. */
final class RandomState {
    /** Some, and always these: more may come, and what was stored stays what it was. */
    private static final List<Daemon> DAEMONS = List.of(Daemon.POSTFIX, Daemon.EXIM, Daemon.DOVECOT, Daemon.UNKNOWN);

    private final Random random;

    RandomState(long seed) {
        random = new Random(seed);
    }

    QueueEntry queueEntry() {
        return new QueueEntry(
                random.nextLong(),
                text(),
                text(),
                text(),
                text(),
                random.nextBoolean(),
                text(),
                text(),
                random.nextBoolean(),
                random.nextLong(),
                random.nextInt(),
                some(() -> new QueueEntry.Deferral(random.nextInt(), random.nextInt())),
                random.nextInt());
    }

    /** One of each kind. */
    List<Trace> traces() {
        return List.of(
                new Trace.Session(
                        random.nextLong(), random.nextLong(), text(), text(), text(), random.nextInt(), text()),
                new Trace.OpenSessions(random.nextLong(), random.nextLong(), random.nextInt(), random.nextInt()),
                new Trace.Tried(
                        random.nextLong(),
                        some(() -> new TriedLogin(random.nextLong(), random.nextBoolean() ? 2 : 1, text(), 0, true))),
                new Trace.Submissions(
                        random.nextLong(),
                        some(() -> new Trace.Submissions.Command(random.nextLong(), text(), text()))),
                new Trace.Seen(random.nextLong(), text()),
                new Trace.Troubles(
                        random.nextLong(), random.nextInt(), reason(), random.nextBoolean(), text(), reason()),
                new Trace.Outbound(
                        random.nextLong(),
                        some(() -> new Trace.Outbound.Use(random.nextLong(), random.nextLong(), random.nextBoolean()))),
                new Trace.Copies(random.nextLong(), copies()),
                new Trace.Relay(random.nextLong(), random.nextLong()),
                new Trace.Files(random.nextLong(), random.nextInt(), random.nextLong()),
                new Trace.Refused(random.nextLong(), text(), random.nextLong()),
                new Trace.Habit(random.nextLong()));
    }

    private CopyTable copies() {
        CopyTable table = new CopyTable();
        some(() -> new CopiedLine(random.nextLong(), random.nextLong(), random.nextInt(), random.nextLong()))
                .forEach(table::add);
        return table;
    }

    /** As it is stored since three programs and more can tell of an attempt. */
    Trace tried() {
        return new Trace.Tried(
                random.nextLong(),
                some(() -> new TriedLogin(
                        random.nextLong(), random.nextInt(), text(), random.nextInt(), random.nextBoolean())));
    }

    Key key() {
        return new Key(text(), Watch.values()[random.nextInt(Watch.values().length)], text());
    }

    PaneKey paneKey() {
        return new PaneKey(key(), text(), random.nextBoolean() ? Long.MIN_VALUE : random.nextLong(), random.nextInt());
    }

    Intervals intervals() {
        Intervals intervals = Intervals.NONE;
        for (int left = random.nextInt(6); left > 0; left--) {
            long start = random.nextInt(10_000);
            intervals = intervals.with(start, start + 1 + random.nextInt(500));
        }
        return intervals;
    }

    /** As they are stored since it is known when a file grew last. */
    Intervals intervalsOfADay() {
        return intervals().on(random.nextInt(30_000));
    }

    HostClock hostClock() {
        return new HostClock(time(), time(), random.nextBoolean());
    }

    /** As it is stored since producers' words are known. */
    HostClock hostClockWithWords() {
        Pulse pulse = new Pulse(text(), time(), time(), random.nextBoolean(), time(), time(), time());
        List<Hole> holes =
                some(() -> new Hole(text(), text(), random.nextInt(), random.nextLong(), time(), random.nextBoolean()));
        return new HostClock(time(), time(), random.nextBoolean(), pulse, holes, Instant.MIN);
    }

    /** As it is stored since it is known how long a host has been watched. */
    HostClock hostClockWithAge() {
        HostClock clock = hostClockWithWords();
        return new HostClock(clock.newest(), clock.ahead(), clock.ended(), clock.pulse(), clock.holes(), time());
    }

    TemplateCount templateCount() {
        Template template = new Template(DAEMONS.get(random.nextInt(DAEMONS.size())), text(), text());
        return new TemplateCount(template, 1 + random.nextInt(9), time(), time(), text(), text());
    }

    HostProgress hostProgress() {
        return new HostProgress(random.nextBoolean() ? Long.MIN_VALUE : random.nextLong(), random.nextBoolean());
    }

    /** As it is stored since producers' words are known. */
    HostProgress hostProgressWithWords() {
        HostProgress.Silent silent = new HostProgress.Silent(
                text(), random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        return new HostProgress(random.nextLong(), random.nextBoolean(), word(), random.nextLong(), silent);
    }

    private Word word() {
        return new Word(text(), random.nextLong(), random.nextBoolean());
    }

    Settled settled() {
        return new Settled(text(), random.nextInt(), random.nextInt(), random.nextLong(), random.nextBoolean());
    }

    /** A batch as a drain makes one. */
    TallyBatch batch() {
        TallyBatch batch = new TallyBatch();
        for (int left = random.nextInt(20); left > 0; left--) {
            batch.counted(key(), text(), random.nextLong(), AnyTally.of(random.nextLong()));
        }
        for (int left = random.nextInt(5); left > 0; left--) {
            batch.passed(
                    new Progress(text(), text(), random.nextLong(), random.nextBoolean(), some(this::text), word()));
        }
        return batch;
    }

    private Reason reason() {
        return Reason.values()[random.nextInt(Reason.values().length)];
    }

    private Instant time() {
        return random.nextInt(4) == 0
                ? Instant.MIN
                : Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private String text() {
        return random.nextInt(4) == 0 ? "" : "tëxt " + random.nextInt();
    }

    private <T> List<T> some(Supplier<T> one) {
        List<T> some = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            some.add(one.get());
        }
        return some;
    }
}
