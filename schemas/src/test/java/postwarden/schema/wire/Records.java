package postwarden.schema.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import postwarden.schema.Advice;
import postwarden.schema.Alert;
import postwarden.schema.BaselineFigure;
import postwarden.schema.Cause;
import postwarden.schema.EvidenceLine;
import postwarden.schema.IncidentState;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.schema.MailSample;
import postwarden.schema.Moment;
import postwarden.schema.SampleGroup;
import postwarden.schema.SampleKind;
import postwarden.schema.SampleState;
import postwarden.schema.Severity;
import postwarden.schema.Subject;
import postwarden.schema.TimeQuality;

/** Records as the producer and the service write them. */
final class Records {
    static final String LINE = "Nov 21 10:12:13 mx1 postfix/smtpd[12345]: NOQUEUE: reject: RCPT from"
            + " unknown[192.0.2.7]: 450 4.7.1 Client host rejected: cannot find your hostname";

    private static final Instant AT = Instant.parse("2026-11-21T10:12:13.456Z");

    static final MailLine LINE_RECORD = line();

    private Records() {}

    static MailLine line() {
        return MailLine.newBuilder()
                .setKind(MailLineKind.LINE)
                .setTenant("default")
                .setReporter("mx1.example.org")
                .setHost("mx1.example.org")
                .setProgram("postfix/smtpd")
                .setPid(12345)
                .setEventTimeMicros(1_795_255_933_000_000L)
                .setTimeQuality(TimeQuality.HOST_ZONE_AND_YEAR)
                .setReadTimeMicros(1_795_255_933_120_000L)
                .setText(ByteBuffer.wrap(LINE.getBytes(StandardCharsets.UTF_8)))
                .setMessageStart(42)
                .setFile("/var/log/mail.log")
                .setFileId("2049-131077-5f1e0c3a9b7d2e48")
                .setStartOffset(123_456_789L)
                .setEndOffset(123_456_789L + LINE.length() + 1)
                .build();
    }

    static MailSample sample() {
        return MailSample.newBuilder()
                .setKind(SampleKind.QUEUE)
                .setReporter("mx1.example.org")
                .setHost("mx1.example.org")
                .setAbout("postfix")
                .setState(SampleState.PARTIAL)
                .setNote("not read to its end within 20 s")
                .setTimeMicros(1_795_255_933_000_000L)
                .setTookMicros(20_000_000L)
                .setValues(Map.of("messages", 1_000_000.0, "oldestAgeSeconds", 86_400.0))
                .setGroups(Map.of(
                        "destination",
                        new SampleGroup(
                                Map.of(
                                        "example.com", Map.of("recipients", 900_000.0),
                                        "example.net", Map.of("recipients", 50_000.0)),
                                7L,
                                Map.of("recipients", 50_000.0),
                                true)))
                .build();
    }

    static Alert alert() {
        return Alert.newBuilder()
                .setIncidentId("6f1c1f0e-3a0f-5e0a-9a55-0d3c5d0b9a11")
                .setState(IncidentState.OPEN)
                .setSequence(1)
                .setDetector("connection-flood")
                .setSeverity(Severity.HIGH)
                .setConfidence(0.9)
                .setCause("SINGLE_SOURCE")
                .setCauses(List.of(new Cause("SINGLE_SOURCE", 0.9, "one client has 97 % of all connections")))
                .setSubject(Subject.newBuilder()
                        .setServer("mx1.example.org")
                        .setClient("192.0.2.7")
                        .build())
                .setOnset(AT)
                .setDetectedAt(AT.plusSeconds(10))
                .setLastSeen(AT.plusSeconds(20))
                .setTitle("mx1 is flooded by one client ✉")
                .setSummary("192.0.2.7 opened 4,000 connections in 10 s.")
                .setMeasures(Map.of("connectionsPerSecond", 400.0))
                .setThresholds(Map.of("connectionsPerSecond", 50.0))
                .setBaseline(Map.of("connectionsPerSecond", new BaselineFigure(2.0, 9.0, 1000L, 1.0)))
                .setEvidence(List.of(new EvidenceLine(
                        "mx1.example.org", "/var/log/mail.log", 7L, "mail.lines", 3, 99L, AT, "connect from x")))
                .setAdvice(List.of(
                        new Advice("Limit the client", List.of("postconf -e …"), "see anvil", "undo", List.of())))
                .setTimeline(List.of(new Moment(AT, "connection-flood", "began")))
                .build();
    }
}
