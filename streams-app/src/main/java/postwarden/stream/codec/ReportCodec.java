package postwarden.stream.codec;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificDatumReader;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Report;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.detect.Usual;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Sample;
import postwarden.tally.Watch;

/** A report as bytes, for the topic between the watches and the desk. Times are kept to the microsecond. */
public final class ReportCodec {
    /** Version of {@code Report.avsc} that is written. */
    static final int VERSION = 2;

    /** Before one detector could have several findings about a key. */
    private static final Schema FIRST = Stored.released("Report", 1);

    private static final Map<Integer, Count> COUNTS =
            Stream.of(Count.values()).collect(Collectors.toMap(Count::id, Function.identity()));

    private ReportCodec() {}

    /** The report as bytes; equal reports give equal bytes. */
    public static byte[] encode(Report report) {
        // As an earlier release reads it while that can say all of it, so that one of its instances can take the desk
        // back.
        return report.about().isEmpty()
                ? Stored.encode(toAvro(report), 1, FIRST)
                : Stored.encode(toAvro(report), VERSION);
    }

    /**
     * The report in these bytes.
     *
     * @throws IllegalArgumentException when they are of another version, or no report
     */
    public static Report decode(byte[] bytes) {
        postwarden.schema.desk.Report stored =
                Stored.decode(bytes, VERSION, new SpecificDatumReader<>(postwarden.schema.desk.Report.class), FIRST);
        Key key = new Key(stored.getTenant(), Watch.of(stored.getWatch()), stored.getKey());
        postwarden.schema.desk.Finding finding = stored.getFinding();
        return finding == null
                ? new Report.Over(
                        stored.getDetector(),
                        key,
                        stored.getHost(),
                        stored.getPane(),
                        stored.getLastSeenPane(),
                        stored.getAbout())
                : new Report.Found(finding(stored, key, finding));
    }

    private static postwarden.schema.desk.Report toAvro(Report report) {
        return new postwarden.schema.desk.Report(
                report.detector(),
                report.key().tenant(),
                report.key().watch().id(),
                report.key().name(),
                report.host(),
                report.pane(),
                report instanceof Report.Over over ? over.lastSeenPane() : report.pane(),
                report instanceof Report.Found found ? toAvro(found.finding()) : null,
                report.about());
    }

    private static postwarden.schema.desk.Finding toAvro(Finding finding) {
        return new postwarden.schema.desk.Finding(
                finding.version(),
                toAvro(finding.subject()),
                Stored.micros(finding.onset()),
                finding.severity().ordinal(),
                finding.confidence(),
                finding.causes().stream()
                        .map(cause -> new postwarden.schema.desk.Cause(cause.name(), cause.weight(), cause.because()))
                        .toList(),
                finding.title(),
                finding.summary(),
                finding.measures(),
                finding.thresholds(),
                toAvro(finding.baseline()),
                finding.evidence().stream().map(ReportCodec::toAvro).toList(),
                finding.advice().stream().map(ReportCodec::toAvro).toList(),
                finding.technique(),
                finding.lowerBounds(),
                finding.blindSpots());
    }

    private static Finding finding(
            postwarden.schema.desk.Report report, Key key, postwarden.schema.desk.Finding finding) {
        return new Finding(
                report.getDetector(),
                finding.getVersion(),
                key,
                report.getHost(),
                report.getPane(),
                fromAvro(finding.getSubject()),
                Stored.time(finding.getOnsetMicros()),
                severity(finding.getSeverity()),
                finding.getConfidence(),
                finding.getCauses().stream()
                        .map(cause -> new Cause(cause.getName(), cause.getWeight(), cause.getBecause()))
                        .toList(),
                finding.getTitle(),
                finding.getSummary(),
                new TreeMap<>(finding.getMeasures()),
                new TreeMap<>(finding.getThresholds()),
                fromAvro(finding.getBaseline()),
                finding.getEvidence().stream().map(ReportCodec::fromAvro).toList(),
                finding.getAdvice().stream().map(ReportCodec::fromAvro).toList(),
                finding.getTechnique(),
                finding.getLowerBounds(),
                finding.getBlindSpots(),
                report.getAbout());
    }

    /** The severity with this rank. @throws IllegalArgumentException when there is none */
    static Severity severity(int rank) {
        Severity[] all = Severity.values();
        if (rank < 0 || rank >= all.length) {
            throw new IllegalArgumentException("no severity has the rank " + rank);
        }
        return all[rank];
    }

    private static postwarden.schema.desk.Subject toAvro(Subject subject) {
        return new postwarden.schema.desk.Subject(
                subject.server(),
                subject.client(),
                subject.account(),
                subject.sender(),
                subject.destination(),
                subject.recipient(),
                subject.script());
    }

    private static Subject fromAvro(postwarden.schema.desk.Subject subject) {
        return new Subject(
                subject.getServer(),
                subject.getClient(),
                subject.getAccount(),
                subject.getSender(),
                subject.getDestination(),
                subject.getRecipient(),
                subject.getScript());
    }

    private static Map<String, postwarden.schema.desk.Usual> toAvro(Map<String, Usual> baseline) {
        Map<String, postwarden.schema.desk.Usual> stored = new TreeMap<>();
        baseline.forEach((measure, usual) -> stored.put(
                measure,
                new postwarden.schema.desk.Usual(usual.median(), usual.p99(), usual.windows(), usual.maturity())));
        return stored;
    }

    private static Map<String, Usual> fromAvro(Map<String, postwarden.schema.desk.Usual> stored) {
        Map<String, Usual> baseline = new TreeMap<>();
        stored.forEach((measure, usual) -> baseline.put(
                measure, new Usual(usual.getMedian(), usual.getP99(), usual.getWindows(), usual.getMaturity())));
        return baseline;
    }

    private static postwarden.schema.desk.Sample toAvro(Sample sample) {
        return new postwarden.schema.desk.Sample(
                sample.of().id(),
                Stored.micros(sample.time()),
                sample.host(),
                sample.file(),
                sample.fileOffset(),
                sample.partition(),
                sample.recordOffset(),
                sample.text());
    }

    private static Sample fromAvro(postwarden.schema.desk.Sample sample) {
        Count of = COUNTS.get(sample.getCount());
        if (of == null) {
            throw new IllegalArgumentException("no count has the number " + sample.getCount());
        }
        return new Sample(
                of,
                Stored.time(sample.getTimeMicros()),
                sample.getHost(),
                sample.getFile(),
                sample.getOffset(),
                sample.getPartition(),
                sample.getRecordOffset(),
                sample.getText());
    }

    private static postwarden.schema.desk.Advice toAvro(Advice advice) {
        return new postwarden.schema.desk.Advice(
                advice.title(), advice.steps(), advice.verify(), advice.rollback(), advice.never());
    }

    private static Advice fromAvro(postwarden.schema.desk.Advice advice) {
        return new Advice(
                advice.getTitle(), advice.getSteps(), advice.getVerify(), advice.getRollback(), advice.getNever());
    }
}
