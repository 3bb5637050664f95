package postwarden.stream.codec;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Report;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.detect.Usual;
import postwarden.incident.Alert;
import postwarden.incident.Extremes;
import postwarden.incident.Incident;
import postwarden.incident.Phase;
import postwarden.incident.Resolution;
import postwarden.policy.Remark;
import postwarden.policy.Remarks;
import postwarden.policy.Saying;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Sample;
import postwarden.tally.Watch;

/** Reports and incidents as no sensible mail server would give them, the same for the same seed. */
final class RandomDesk {
    /** As many as there were when the stored examples were drawn by their seeds. */
    private static final int FIRST_COUNTS = 63;

    private static final int FIRST_PHASES = 4;
    private static final int FIRST_RESOLUTIONS = 5;

    private final Random random;

    RandomDesk(long seed) {
        random = new Random(seed);
    }

    Report report() {
        return random.nextBoolean()
                ? new Report.Found(finding())
                : new Report.Over(text(), key(), text(), random.nextLong(), random.nextLong(), "");
    }

    Incident incident() {
        Finding latest = finding();
        String id = text();
        Subject subject = subject();
        Phase phase = any(Arrays.copyOf(Phase.values(), FIRST_PHASES));
        int sequence = random.nextInt();
        long first = random.nextLong();
        long last = random.nextLong();
        Instant onset = time();
        Finding worst = random.nextBoolean() ? latest : finding();
        return new Incident(
                id,
                subject,
                phase,
                sequence,
                new Incident.Course(first, last, onset, latest, worst, Extremes.of(worst)),
                new Incident.Told(
                        any(Severity.values()),
                        text(),
                        random.nextDouble(),
                        random.nextDouble(),
                        random.nextInt(),
                        random.nextLong()),
                new Incident.Kin(
                        text(),
                        some(this::text),
                        some(this::cause),
                        some(this::advice),
                        some(() -> new Alert.Moment(time(), text(), text())),
                        Incident.Raised.NOT),
                new Incident.Ending(random.nextLong(), any(Arrays.copyOf(Resolution.values(), FIRST_RESOLUTIONS))),
                Remarks.NONE);
    }

    /** One of which operators have said something. */
    Incident remarkedIncident() {
        Incident bare = incident();
        return new Incident(
                bare.id(),
                bare.subject(),
                bare.phase(),
                bare.sequence(),
                bare.course(),
                bare.told(),
                bare.kin(),
                bare.ending(),
                remarks());
    }

    /** One of which another finding than the worst showed a worse number. */
    Incident extremeIncident() {
        Incident bare = raisedIncident();
        Incident.Course course = bare.course();
        SortedMap<String, Double> extremes = new TreeMap<>(course.extremes());
        extremes.put("share", random.nextDouble());
        return new Incident(
                bare.id(),
                bare.subject(),
                bare.phase(),
                bare.sequence(),
                new Incident.Course(
                        course.firstPane(),
                        course.lastPane(),
                        course.onset(),
                        course.latest(),
                        course.worst(),
                        extremes),
                bare.told(),
                bare.kin(),
                bare.ending(),
                bare.remarks());
    }

    /** One that is worse because of what belongs to it. */
    Incident raisedIncident() {
        Incident bare = incident();
        Incident.Kin kin = bare.kin();
        return new Incident(
                bare.id(),
                bare.subject(),
                bare.phase(),
                bare.sequence(),
                bare.course(),
                bare.told(),
                new Incident.Kin(
                        kin.parent(),
                        kin.children(),
                        kin.causes(),
                        kin.advice(),
                        kin.moments(),
                        new Incident.Raised(Severity.CRITICAL, "a" + text())),
                bare.ending(),
                random.nextBoolean() ? Remarks.NONE : remarks());
    }

    Saying saying() {
        Remark remark = remark(any(Remark.Aspect.values()));
        return new Saying("t" + text(), "0a-9Z", remark, remark.at().plusMillis(1 + random.nextInt(1 << 30)));
    }

    private Remarks remarks() {
        Remarks remarks = Remarks.NONE;
        for (Remark.Aspect aspect : Remark.Aspect.values()) {
            remarks = aspect == Remark.Aspect.VERDICT || random.nextBoolean() ? remarks.with(remark(aspect)) : remarks;
        }
        return remarks;
    }

    private Remark remark(Remark.Aspect aspect) {
        String value = switch (aspect) {
            case ACKNOWLEDGED -> "";
            case ASSIGNED -> "a" + text();
            case VERDICT -> any(new String[] {"true", "false", "benign"});
        };
        Instant at = Instant.ofEpochMilli(random.nextInt());
        return new Remark(aspect, value, "b" + text(), at, "c" + text(), random.nextInt(1000));
    }

    private Finding finding() {
        return new Finding(
                text(),
                random.nextInt(),
                key(),
                text(),
                random.nextLong(),
                subject(),
                time(),
                any(Severity.values()),
                random.nextDouble(),
                Stream.concat(Stream.of(cause()), some(this::cause).stream()).toList(),
                text(),
                text(),
                numbers(),
                numbers(),
                Map.of(text(), new Usual(random.nextGaussian(), random.nextGaussian(), random.nextLong(), 1)),
                some(() -> new Sample(
                        any(Arrays.copyOf(Count.values(), FIRST_COUNTS)),
                        time(),
                        text(),
                        text(),
                        random.nextLong(),
                        random.nextInt(),
                        random.nextLong(),
                        text())),
                some(this::advice),
                text(),
                random.nextBoolean(),
                some(this::text),
                "");
    }

    private Key key() {
        return new Key(text(), any(Watch.values()), text());
    }

    private Subject subject() {
        return new Subject(text(), text(), text(), text(), text(), text(), text());
    }

    private Cause cause() {
        return new Cause(text(), random.nextDouble(), text());
    }

    private Advice advice() {
        return new Advice(text(), some(this::text), text(), text(), some(this::text));
    }

    private SortedMap<String, Double> numbers() {
        SortedMap<String, Double> numbers = new TreeMap<>();
        some(this::text).forEach(name -> numbers.put(name, random.nextGaussian() * 1e9));
        return numbers;
    }

    private Instant time() {
        return Instant.EPOCH.plus(random.nextLong() / 4096, ChronoUnit.MICROS);
    }

    /** Text in any script, with control characters, and often empty. */
    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            int codePoint = random.nextInt(3) == 0 ? random.nextInt(Character.MAX_CODE_POINT + 1) : random.nextInt(300);
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                text.appendCodePoint(codePoint);
            }
        }
        return text.toString();
    }

    private <T> List<T> some(Supplier<T> source) {
        return Stream.generate(source).limit(random.nextInt(4)).toList();
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
