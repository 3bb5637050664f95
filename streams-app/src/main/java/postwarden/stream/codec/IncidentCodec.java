package postwarden.stream.codec;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificDatumReader;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Report;
import postwarden.detect.Subject;
import postwarden.incident.Alert;
import postwarden.incident.Extremes;
import postwarden.incident.Incident;
import postwarden.incident.Phase;
import postwarden.incident.Resolution;
import postwarden.policy.Remark;
import postwarden.policy.Remarks;
import postwarden.schema.desk.AdoptedAdvice;
import postwarden.schema.desk.AdoptedCause;
import postwarden.schema.desk.IncidentRemark;
import postwarden.schema.desk.IncidentSubject;
import postwarden.schema.desk.StoryMoment;

/** What the desk remembers of an incident as bytes, for its store. Times are kept to the microsecond. */
public final class IncidentCodec {
    /** Version of {@code Incident.avsc} that can say everything. */
    static final int VERSION = 4;

    private static final Schema FIRST = Stored.released("Incident", 1);
    /** With what operators have said. */
    private static final Schema SECOND = Stored.released("Incident", 2);

    /** With what belongs to it. */
    private static final Schema THIRD = Stored.released("Incident", 3);

    private IncidentCodec() {}

    /** The incident as bytes; equal incidents give equal bytes. */
    public static byte[] encode(Incident incident) {
        Incident.Course course = incident.course();
        Incident.Told told = incident.told();
        Incident.Kin kin = incident.kin();
        postwarden.schema.desk.Incident stored = new postwarden.schema.desk.Incident(
                incident.id(),
                toAvro(incident.subject()),
                incident.phase().id(),
                incident.sequence(),
                course.firstPane(),
                course.lastPane(),
                Stored.micros(course.onset()),
                bytes(course.latest()),
                course.worst().equals(course.latest()) ? ByteBuffer.allocate(0) : bytes(course.worst()),
                told.severity().ordinal(),
                told.cause(),
                told.size(),
                told.scope(),
                told.children(),
                told.pane(),
                kin.parent(),
                kin.children(),
                kin.causes().stream().map(IncidentCodec::toAvro).toList(),
                kin.advice().stream().map(IncidentCodec::toAvro).toList(),
                kin.moments().stream().map(IncidentCodec::toAvro).toList(),
                incident.ending().pane(),
                incident.ending().resolution().id(),
                incident.remarks().byAspect().values().stream()
                        .map(IncidentCodec::toAvro)
                        .toList(),
                kin.raised().severity().ordinal(),
                kin.raised().by(),
                course.extremes().equals(Extremes.of(course.worst())) ? Map.of() : course.extremes());
        // As an earlier release reads it while that can say all of it, so that one of its instances can take the desk
        // back.
        if (!stored.getExtremes().isEmpty()) {
            return Stored.encode(stored, VERSION);
        }
        if (!kin.raised().equals(Incident.Raised.NOT)) {
            return Stored.encode(stored, 3, THIRD);
        }
        return incident.remarks().isEmpty() ? Stored.encode(stored, 1, FIRST) : Stored.encode(stored, 2, SECOND);
    }

    /**
     * The incident in these bytes.
     *
     * @throws IllegalArgumentException when they are of another version, or no incident
     */
    public static Incident decode(byte[] bytes) {
        postwarden.schema.desk.Incident stored = Stored.decode(
                bytes, VERSION, new SpecificDatumReader<>(postwarden.schema.desk.Incident.class), FIRST, SECOND, THIRD);
        Finding latest = finding(stored.getLatest());
        Finding worst = stored.getWorst().hasRemaining() ? finding(stored.getWorst()) : latest;
        return new Incident(
                stored.getId(),
                fromAvro(stored.getSubject()),
                Phase.of(stored.getPhase()),
                stored.getSequence(),
                new Incident.Course(
                        stored.getFirstPane(),
                        stored.getLastPane(),
                        Stored.time(stored.getOnsetMicros()),
                        latest,
                        worst,
                        stored.getExtremes().isEmpty() ? Extremes.of(worst) : new TreeMap<>(stored.getExtremes())),
                told(stored),
                kin(stored),
                new Incident.Ending(stored.getEndingPane(), Resolution.of(stored.getResolution())),
                Remarks.of(stored.getRemarks().stream()
                        .map(IncidentCodec::fromAvro)
                        .toList()));
    }

    private static Incident.Told told(postwarden.schema.desk.Incident stored) {
        return new Incident.Told(
                ReportCodec.severity(stored.getToldSeverity()),
                stored.getToldCause(),
                stored.getToldSize(),
                stored.getToldScope(),
                stored.getToldChildren(),
                stored.getToldPane());
    }

    private static Incident.Kin kin(postwarden.schema.desk.Incident stored) {
        return new Incident.Kin(
                stored.getParent(),
                stored.getChildren(),
                stored.getAdoptedCauses().stream()
                        .map(cause -> new Cause(cause.getName(), cause.getWeight(), cause.getBecause()))
                        .toList(),
                stored.getAdoptedAdvice().stream().map(IncidentCodec::fromAvro).toList(),
                stored.getMoments().stream().map(IncidentCodec::fromAvro).toList(),
                new Incident.Raised(ReportCodec.severity(stored.getRaisedTo()), stored.getRaisedBy()));
    }

    private static ByteBuffer bytes(Finding finding) {
        return ByteBuffer.wrap(ReportCodec.encode(new Report.Found(finding)));
    }

    private static Finding finding(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        if (ReportCodec.decode(bytes) instanceof Report.Found found) {
            return found.finding();
        }
        throw new IllegalArgumentException("stored Incident holds the end of a finding instead of a finding");
    }

    private static IncidentSubject toAvro(Subject subject) {
        return new IncidentSubject(
                subject.server(),
                subject.client(),
                subject.account(),
                subject.sender(),
                subject.destination(),
                subject.recipient(),
                subject.script());
    }

    private static Subject fromAvro(IncidentSubject subject) {
        return new Subject(
                subject.getServer(),
                subject.getClient(),
                subject.getAccount(),
                subject.getSender(),
                subject.getDestination(),
                subject.getRecipient(),
                subject.getScript());
    }

    private static AdoptedCause toAvro(Cause cause) {
        return new AdoptedCause(cause.name(), cause.weight(), cause.because());
    }

    private static AdoptedAdvice toAvro(Advice advice) {
        return new AdoptedAdvice(advice.title(), advice.steps(), advice.verify(), advice.rollback(), advice.never());
    }

    private static Advice fromAvro(AdoptedAdvice advice) {
        return new Advice(
                advice.getTitle(), advice.getSteps(), advice.getVerify(), advice.getRollback(), advice.getNever());
    }

    private static IncidentRemark toAvro(Remark remark) {
        return new IncidentRemark(
                remark.aspect().id(),
                remark.value(),
                remark.by(),
                remark.at().toEpochMilli(),
                remark.reason(),
                remark.sequence());
    }

    private static Remark fromAvro(IncidentRemark remark) {
        return new Remark(
                Remark.Aspect.of(remark.getAspect()),
                remark.getValue(),
                remark.getBy(),
                Instant.ofEpochMilli(remark.getAtMillis()),
                remark.getReason(),
                remark.getSequence());
    }

    private static StoryMoment toAvro(Alert.Moment moment) {
        return new StoryMoment(Stored.micros(moment.time()), moment.detector(), moment.text());
    }

    private static Alert.Moment fromAvro(StoryMoment moment) {
        return new Alert.Moment(Stored.time(moment.getTimeMicros()), moment.getDetector(), moment.getText());
    }
}
