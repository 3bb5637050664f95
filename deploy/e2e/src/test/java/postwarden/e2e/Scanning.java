package postwarden.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import postwarden.config.AppConfig;
import postwarden.incident.Alert;
import postwarden.scan.Engine;
import postwarden.scan.LogReader;
import postwarden.scan.Scan;

/** {@code postwarden scan} in this process. */
public final class Scanning {
    private Scanning() {}

    public static List<Alert> scan(SortedMap<String, Path> logs) throws IOException {
        List<Alert> alerts = new ArrayList<>();
        List<LogReader> readers = new ArrayList<>();
        for (Map.Entry<String, Path> log : logs.entrySet()) {
            LogReader.Input input = new LogReader.Input(
                    log.getValue().toString(), log.getKey(), log.getKey(), ZoneOffset.UTC, Recordings.RECORDED_BEFORE);
            readers.add(new LogReader(input, Files.newInputStream(log.getValue())));
        }
        new Scan(new Engine(AppConfig.scanSettings()), alerts::add).read(readers);
        for (LogReader reader : readers) {
            reader.close();
        }
        return alerts;
    }
}
