package postwarden.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import postwarden.alertjson.AlertJson;
import postwarden.config.AppConfig;
import postwarden.config.ConfigRefused;
import postwarden.config.PolicyFile;
import postwarden.detect.Severity;
import postwarden.incident.Alert;
import postwarden.producer.redact.Redaction;
import postwarden.scan.Engine;
import postwarden.scan.LogReader;
import postwarden.scan.Scan;
import postwarden.stream.Settings;

/** {@code postwarden scan}: the service's verdicts over files, without Kafka. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        description = {
            "Reads mail logs and prints every alert, as one JSON object a line or as text; a summary goes to standard error.",
            "Exit status: 0 when nothing of severity MEDIUM or more was found, 1 when something was, 2 when an argument is"
                    + " wrong or a file cannot be read."
        },
        footer = {"", "Example:  postwarden scan --format text mx1=/var/log/mail.log mx1=/var/log/mail.log.1.gz"})
final class ScanCommand implements Callable<Integer> {
    private static final int FOUND = 1;
    private static final int UNUSABLE = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;

    @Option(names = "--format", paramLabel = "json|text", description = "how alerts are printed (default: json)")
    private Format format = Format.JSON;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "zone of stamps without an offset, such as Europe/Berlin (default: this machine's)")
    private ZoneId zone;

    @Option(
            names = "--now",
            paramLabel = "INSTANT",
            description = "no line is later than this; gives stamps without a year theirs"
                    + " (default: the file's modification time)")
    private @Nullable Instant now;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "takes the thresholds from a service's configuration")
    private @Nullable Path config;

    @Option(
            names = "--replies",
            paramLabel = "FILE",
            description = "rules about SMTP replies of your own, which come before the standard ones")
    private @Nullable Path replies;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "what is known and let be: shown as allowed, and not counted (HOCON: policies = [{id, detector, entity,"
                            + " host, owner, reason, until}])")
    private @Nullable Path policy;

    @Mixin
    private RedactionKey key = new RedactionKey();

    @Option(names = "--color", description = "colours in text")
    private boolean color;

    @Parameters(
            arity = "1..*",
            paramLabel = "[HOST=]FILE",
            description =
                    "logs, also .gz; HOST= says whose log it is where its lines do not, and overrides them where they do")
    private List<String> files = List.of();

    enum Format {
        JSON,
        TEXT
    }

    /** @param clock its zone is that of stamps without an offset */
    ScanCommand(PrintStream out, PrintStream err, Clock clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.zone = clock.getZone();
    }

    @Override
    public Integer call() throws IOException {
        Settings settings;
        try {
            settings = settings();
        } catch (ConfigRefused refused) {
            String file = config == null ? "" : config + ": ";
            refused.errors().forEach(error -> err.println("postwarden scan: " + file + error));
            return UNUSABLE;
        }
        if (policy != null) {
            try {
                settings = settings.allowing(PolicyFile.load(policy));
            } catch (ConfigRefused refused) {
                refused.errors().forEach(error -> err.println("postwarden scan: " + policy + ": " + error));
                return UNUSABLE;
            }
        }
        Redaction redaction = key.redaction();
        List<LogReader> readers = new ArrayList<>();
        for (NamedLog log : NamedLog.of(files, OwnHost.name())) {
            open(log, readers, redaction);
        }
        ScanReport report = new ScanReport();
        Engine engine = new Engine(settings);
        Scan scan = new Scan(engine, alert -> print(report.take(alert)));
        boolean unreadable = readers.size() < files.size();
        try {
            scan.read(readers);
        } catch (IOException failure) {
            err.println("postwarden scan: " + failure.getMessage());
            unreadable = true;
        }
        for (LogReader reader : readers) {
            reader.close();
        }
        out.flush();
        report.summarise(scan.lines(), engine, err);
        return unreadable ? UNUSABLE : report.worst().compareTo(Severity.MEDIUM) >= 0 ? FOUND : 0;
    }

    private Settings settings() throws ConfigRefused {
        if (replies != null) {
            return AppConfig.scanSettings(config, replies);
        }
        return config == null ? AppConfig.scanSettings() : AppConfig.scanSettings(config);
    }

    private void open(NamedLog named, List<LogReader> into, Redaction redaction) {
        LogFile file = new LogFile(named.file(), System.in);
        try {
            Instant latest = now == null ? file.lastChange(clock) : now;
            InputStream bytes = file.open();
            LogReader.Input input = new LogReader.Input(named.file(), named.host(), OwnHost.name(), zone, latest);
            into.add(new LogReader(input, bytes, redaction));
        } catch (IOException failure) {
            err.println("postwarden scan: " + file.cannotBeRead(failure));
        }
    }

    private void print(Alert alert) {
        if (format == Format.TEXT) {
            out.println(new AlertText(AlertText.DEFAULT_WIDTH, color).block(alert));
        } else {
            out.println(AlertJson.line(alert));
        }
    }
}
