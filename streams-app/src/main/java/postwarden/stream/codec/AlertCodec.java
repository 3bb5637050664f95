package postwarden.stream.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import postwarden.detect.Severity;
import postwarden.detect.Usual;
import postwarden.incident.Alert;
import postwarden.policy.Remark.Aspect;
import postwarden.policy.Remarks;
import postwarden.schema.Advice;
import postwarden.schema.Allowed;
import postwarden.schema.BaselineFigure;
import postwarden.schema.Cause;
import postwarden.schema.EvidenceLine;
import postwarden.schema.Feedback;
import postwarden.schema.IncidentState;
import postwarden.schema.Moment;
import postwarden.schema.Remark;
import postwarden.schema.Subject;

/** The core's alert and the alert topic's record, each made of the other without loss. */
public final class AlertCodec {
    private AlertCodec() {}

    /** The record for {@code mail.alerts} and {@code mail.incidents}. */
    public static postwarden.schema.Alert toAvro(Alert alert) {
        return postwarden.schema.Alert.newBuilder()
                .setIncidentId(alert.incidentId())
                .setTenant(alert.tenant())
                .setState(IncidentState.valueOf(alert.state().name()))
                .setSequence(alert.sequence())
                .setDetector(alert.detector())
                .setDetectorVersion(alert.detectorVersion())
                .setSeverity(postwarden.schema.Severity.valueOf(alert.severity().name()))
                .setConfidence(alert.confidence())
                .setCause(alert.cause())
                .setCauses(alert.causes().stream()
                        .map(cause -> new Cause(cause.name(), cause.weight(), cause.because()))
                        .toList())
                .setSubject(toAvro(alert.subject()))
                .setOnset(alert.onset())
                .setDetectedAt(alert.detectedAt())
                .setLastSeen(alert.lastSeen())
                .setResolvedAt(alert.isOver() ? alert.resolvedAt() : null)
                .setResolution(orNull(alert.resolution()))
                .setTitle(alert.title())
                .setSummary(alert.summary())
                .setMeasures(alert.measures())
                .setThresholds(alert.thresholds())
                .setBaseline(toAvro(alert.baseline()))
                .setEvidence(alert.evidence().stream().map(AlertCodec::toAvro).toList())
                .setAdvice(alert.advice().stream().map(AlertCodec::toAvro).toList())
                .setTechnique(orNull(alert.technique()))
                .setParent(orNull(alert.parent()))
                .setChildren(alert.children())
                .setTimeline(alert.timeline().stream()
                        .map(moment -> new Moment(moment.time(), moment.detector(), moment.text()))
                        .toList())
                .setCountsAreLowerBounds(alert.countsAreLowerBounds())
                .setBlindSpots(alert.blindSpots())
                .setConfigDigest(alert.configDigest())
                .setAllowed(alert.allowed().map(AlertCodec::toAvro).orElse(null))
                .setFeedback(toAvro(alert.feedback()))
                .build();
    }

    /** The alert that a record of the topic tells. */
    public static Alert fromAvro(postwarden.schema.Alert alert) {
        Instant resolvedAt = alert.getResolvedAt();
        return new Alert(
                alert.getIncidentId(),
                alert.getTenant(),
                Alert.State.valueOf(alert.getState().name()),
                alert.getSequence(),
                alert.getDetector(),
                alert.getDetectorVersion(),
                Severity.valueOf(alert.getSeverity().name()),
                alert.getConfidence(),
                alert.getCause(),
                alert.getCauses().stream()
                        .map(cause ->
                                new postwarden.detect.Cause(cause.getCause(), cause.getWeight(), cause.getBecause()))
                        .toList(),
                fromAvro(alert.getSubject()),
                alert.getOnset(),
                alert.getDetectedAt(),
                alert.getLastSeen(),
                resolvedAt == null ? Alert.NOT_YET : resolvedAt,
                orEmpty(alert.getResolution()),
                alert.getTitle(),
                alert.getSummary(),
                new TreeMap<>(alert.getMeasures()),
                new TreeMap<>(alert.getThresholds()),
                fromAvro(alert.getBaseline()),
                alert.getEvidence().stream().map(AlertCodec::fromAvro).toList(),
                alert.getAdvice().stream().map(AlertCodec::fromAvro).toList(),
                orEmpty(alert.getTechnique()),
                orEmpty(alert.getParent()),
                alert.getChildren(),
                alert.getTimeline().stream()
                        .map(moment -> new Alert.Moment(moment.getTime(), moment.getDetector(), moment.getText()))
                        .toList(),
                alert.getCountsAreLowerBounds(),
                alert.getBlindSpots(),
                alert.getConfigDigest(),
                Optional.ofNullable(alert.getAllowed()).map(AlertCodec::fromAvro),
                fromAvro(alert.getFeedback()));
    }

    private static Allowed toAvro(Alert.Allowed allowed) {
        return new Allowed(allowed.policy(), allowed.owner(), allowed.reason(), allowed.until());
    }

    private static Alert.Allowed fromAvro(Allowed allowed) {
        return new Alert.Allowed(allowed.getPolicy(), allowed.getOwner(), allowed.getReason(), allowed.getUntil());
    }

    private static @Nullable Feedback toAvro(Remarks remarks) {
        return remarks.isEmpty()
                ? null
                : new Feedback(
                        toAvro(remarks, Aspect.ACKNOWLEDGED),
                        toAvro(remarks, Aspect.ASSIGNED),
                        toAvro(remarks, Aspect.VERDICT));
    }

    private static @Nullable Remark toAvro(Remarks remarks, Aspect aspect) {
        return remarks.of(aspect)
                .map(said -> new Remark(said.value(), said.by(), said.at(), said.reason(), said.sequence()))
                .orElse(null);
    }

    private static Remarks fromAvro(@Nullable Feedback feedback) {
        if (feedback == null) {
            return Remarks.NONE;
        }
        List<postwarden.policy.Remark> remarks = new ArrayList<>();
        add(Aspect.ACKNOWLEDGED, feedback.getAcknowledged(), remarks);
        add(Aspect.ASSIGNED, feedback.getAssigned(), remarks);
        add(Aspect.VERDICT, feedback.getVerdict(), remarks);
        return Remarks.of(remarks);
    }

    private static void add(Aspect aspect, @Nullable Remark said, List<postwarden.policy.Remark> to) {
        if (said != null) {
            to.add(new postwarden.policy.Remark(
                    aspect, said.getValue(), said.getBy(), said.getAt(), said.getReason(), said.getSequence()));
        }
    }

    private static Subject toAvro(postwarden.detect.Subject subject) {
        return new Subject(
                orNull(subject.server()),
                orNull(subject.client()),
                orNull(subject.account()),
                orNull(subject.sender()),
                orNull(subject.destination()),
                orNull(subject.recipient()),
                orNull(subject.script()));
    }

    private static postwarden.detect.Subject fromAvro(Subject subject) {
        return new postwarden.detect.Subject(
                orEmpty(subject.getServer()),
                orEmpty(subject.getClient()),
                orEmpty(subject.getAccount()),
                orEmpty(subject.getSender()),
                orEmpty(subject.getDestination()),
                orEmpty(subject.getRecipient()),
                orEmpty(subject.getScript()));
    }

    private static Map<String, BaselineFigure> toAvro(Map<String, Usual> baseline) {
        Map<String, BaselineFigure> figures = new TreeMap<>();
        baseline.forEach((measure, usual) -> figures.put(
                measure, new BaselineFigure(usual.median(), usual.p99(), usual.windows(), usual.maturity())));
        return figures;
    }

    private static SortedMap<String, Usual> fromAvro(Map<String, BaselineFigure> figures) {
        SortedMap<String, Usual> baseline = new TreeMap<>();
        figures.forEach((measure, figure) -> baseline.put(
                measure, new Usual(figure.getMedian(), figure.getP99(), figure.getWindows(), figure.getMaturity())));
        return baseline;
    }

    private static EvidenceLine toAvro(Alert.Evidence line) {
        return new EvidenceLine(
                line.host(),
                line.file(),
                line.offset(),
                orNull(line.topic()),
                line.partition() < 0 ? null : line.partition(),
                line.recordOffset() < 0 ? null : line.recordOffset(),
                line.time(),
                line.text());
    }

    private static Alert.Evidence fromAvro(EvidenceLine line) {
        Integer partition = line.getPartition();
        Long recordOffset = line.getRecordOffset();
        return new Alert.Evidence(
                line.getHost(),
                line.getFile(),
                line.getOffset(),
                orEmpty(line.getTopic()),
                partition == null ? -1 : partition,
                recordOffset == null ? -1 : recordOffset,
                line.getTime(),
                line.getText());
    }

    private static Advice toAvro(postwarden.detect.Advice advice) {
        return new Advice(advice.title(), advice.steps(), advice.verify(), advice.rollback(), advice.never());
    }

    private static postwarden.detect.Advice fromAvro(Advice advice) {
        return new postwarden.detect.Advice(
                advice.getTitle(), advice.getSteps(), advice.getVerify(), advice.getRollback(), advice.getNever());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
