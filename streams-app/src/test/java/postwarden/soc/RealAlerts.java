package postwarden.soc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import postwarden.config.AppConfig;
import postwarden.incident.Alert;
import postwarden.incident.AlertFixture;
import postwarden.producer.redact.Redaction;
import postwarden.scan.Engine;
import postwarden.scan.LogReader;
import postwarden.scan.Scan;

/** Alerts that {@code scan} finds in the recordings that ship with the project, and some that a stranger wrote. */
public final class RealAlerts {
    private static final Path SAMPLES = Path.of("../deploy/local/samples");
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final List<Alert> RECORDED = scan();

    /** What a stranger might write into a log to break a format or a reader. */
    public static final List<String> HOSTILE = List.of(
            "a|b=c\\d\r\nCEF:0|x|y|z|1|forged|10|externalId=1",
            "\u001b[2J\u202e<!channel> <script>alert(1)</script> ```",
            "\ud800 half \udc00 pairs \0 and \uffff",
            "' OR 1=1] AND [ipv4-addr:value = '0.0.0.0",
            "![](http://evil.example/x.png) **bold** [a](javascript:b)",
            "\"}],\"severity\":\"INFO\"",
            "x".repeat(20_000));

    private RealAlerts() {}

    /** Every alert of the recordings, as they are told. */
    public static List<Alert> recorded() {
        return RECORDED;
    }

    /** Those, an incident with a parent, and alerts of hostile text and with hostile words of operators. */
    public static List<Alert> all() {
        List<Alert> all = new ArrayList<>(RECORDED);
        all.addAll(AlertFixture.takeover());
        HOSTILE.forEach(text -> all.add(AlertFixture.hostile(text)));
        HOSTILE.stream()
                .filter(text -> text.length() <= 200)
                .forEach(text -> all.add(AlertFixture.fullySaidOf(RECORDED.get(0), text, text)));
        return all;
    }

    private static List<Alert> scan() {
        List<Alert> alerts = new ArrayList<>();
        List<LogReader> readers = new ArrayList<>();
        try (var files = Files.walk(SAMPLES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".log.gz"))
                    .sorted()
                    .toList()) {
                String host = String.valueOf(file.getFileName()).replace(".log.gz", "");
                InputStream bytes = new GZIPInputStream(Files.newInputStream(file));
                readers.add(new LogReader(
                        new LogReader.Input(SAMPLES.relativize(file).toString(), host, "here", ZoneOffset.UTC, NOW),
                        bytes,
                        Redaction.WITHOUT_KEY));
            }
            new Scan(new Engine(AppConfig.scanSettings()), alerts::add).read(readers);
            for (LogReader reader : readers) {
                reader.close();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return List.copyOf(alerts);
    }
}
