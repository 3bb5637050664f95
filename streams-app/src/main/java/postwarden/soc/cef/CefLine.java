package postwarden.soc.cef;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.incident.Alert;
import postwarden.policy.Remark;
import postwarden.policy.Remark.Aspect;
import postwarden.policy.Remarks;
import postwarden.soc.Actor;
import postwarden.soc.PlainText;
import postwarden.soc.Product;
import postwarden.soc.Transition;
import postwarden.tally.Network;

/**
 * An alert as one line of the Common Event Format, without a syslog header and without a line feed. A stranger who writes
 * {@code |}, {@code =} or a line feed into a log adds no field and no line.
 *
 * <p>Keys, and how many characters each takes, are those of the specification's dictionary ("ArcSight Common Event Format,
 * Implementation Standard", version 25, chapter 2).
 */
public final class CefLine {
    private static final int NAME = 512;
    private static final int HOST_OR_USER = 1023;
    private static final int MESSAGE = 1023;
    private static final int CUSTOM = 4000;
    private static final int ACTION = 63;
    private static final int FLEXIBLE = 1023;

    private CefLine() {}

    /** The line; the same alert gives the same one. */
    public static String of(Alert alert) {
        Extension extension = new Extension();
        putIncident(extension, alert);
        putSubject(extension, alert.subject());
        putCustom(extension, alert);
        putFeedback(extension, alert.feedback());
        return "CEF:0|" + header(Product.VENDOR) + '|' + header(Product.NAME) + '|' + header(Product.VERSION) + '|'
                + header(alert.detector()) + '|' + header(PlainText.bounded(alert.title(), NAME)) + '|'
                + severity(alert.severity()) + '|' + extension;
    }

    private static void putIncident(Extension extension, Alert alert) {
        extension.put("externalId", alert.incidentId(), HOST_OR_USER);
        extension.put("act", Transition.action(alert), ACTION);
        extension.put("outcome", alert.resolution(), ACTION);
        extension.put("cat", alert.technique().isEmpty() ? "mail" : "attack", HOST_OR_USER);
        extension.put("rt", Long.toString(Transition.time(alert).toEpochMilli()), ACTION);
        extension.put("start", Long.toString(alert.onset().toEpochMilli()), ACTION);
        extension.put(
                "end", Long.toString((alert.isOver() ? alert.resolvedAt() : alert.lastSeen()).toEpochMilli()), ACTION);
        extension.put("reason", alert.cause(), MESSAGE);
        extension.put("msg", alert.summary(), MESSAGE);
    }

    private static void putSubject(Extension extension, Subject subject) {
        Optional<Network> address = Actor.address(subject.client());
        if (address.isEmpty()) {
            extension.put("shost", subject.client(), HOST_OR_USER);
        } else if (address.get().ipv4()) {
            extension.put("src", subject.client(), HOST_OR_USER);
        } else {
            extension.labelled("c6a2", "Source IPv6 Address", subject.client(), HOST_OR_USER);
        }
        extension.put("dhost", subject.server(), HOST_OR_USER);
        extension.put("destinationDnsDomain", subject.destination(), 255);
        extension.put("duser", subject.account(), HOST_OR_USER);
        extension.put("suser", subject.sender(), HOST_OR_USER);
        extension.put("filePath", subject.script(), HOST_OR_USER);
    }

    private static void putCustom(Extension extension, Alert alert) {
        extension.labelled("cs1", "tenant", alert.tenant(), CUSTOM);
        extension.labelled("cs2", "technique", alert.technique(), CUSTOM);
        extension.labelled("cs3", "recipient", alert.subject().recipient(), CUSTOM);
        extension.labelled("cs4", "parent", alert.parent(), CUSTOM);
        extension.labelled("cs5", "measures", measures(alert), CUSTOM);
        extension.labelled("cs6", "evidence", evidence(alert), CUSTOM);
        extension.labelled("cn1", "sequence", Integer.toString(alert.sequence()), CUSTOM);
        extension.labelled("cfp1", "confidence", String.format(Locale.ROOT, "%.4f", alert.confidence()), CUSTOM);
    }

    /** The dictionary's custom strings are used up; its flexible ones are left, and are as many as a verdict and who has it. */
    private static void putFeedback(Extension extension, Remarks feedback) {
        feedback.of(Aspect.VERDICT)
                .ifPresent(verdict -> extension.labelled(
                        "flexString1", "verdict", verdict.value() + " (" + verdict.reason() + ")", FLEXIBLE));
        String handling = Stream.of(Aspect.ACKNOWLEDGED, Aspect.ASSIGNED)
                .flatMap(aspect -> feedback.of(aspect).stream())
                .map(Remark::sentence)
                .collect(Collectors.joining("; "));
        extension.labelled("flexString2", "handling", handling, FLEXIBLE);
    }

    private static String measures(Alert alert) {
        return alert.measures().entrySet().stream()
                .map(measure -> measure.getKey() + " " + String.format(Locale.ROOT, "%.6g", measure.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String evidence(Alert alert) {
        return alert.evidence().stream()
                .map(line -> line.host() + ":" + line.file() + ":" + line.offset() + ": " + line.text())
                .collect(Collectors.joining("\n"));
    }

    /** 0 to 10; the specification calls 0 to 3 low, 4 to 6 medium, 7 and 8 high, 9 and 10 very high. */
    static int severity(Severity severity) {
        return switch (severity) {
            case INFO -> 1;
            case LOW -> 3;
            case MEDIUM -> 5;
            case HIGH -> 8;
            case CRITICAL -> 10;
        };
    }

    /** A field of the header is one line, in which a pipe and a backslash are escaped. */
    private static String header(String text) {
        return PlainText.oneLine(text).replace("\\", "\\\\").replace("|", "\\|");
    }
}
