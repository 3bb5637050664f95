package postwarden.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;

/**
 * An argument of the form {@code [HOST=]FILE}.
 *
 * @param host whose log it is; empty where its lines say so themselves
 */
public record NamedLog(String host, String file) {
    /** Enough for the first lines of any log. */
    private static final int PEEKED_BYTES = 16_384;

    private static final String NOBODY = "nobody.invalid";

    /**
     * Reads arguments. A log that is neither named nor names its host (Exim's own) is this machine's; two such logs of one
     * file name in different folders cannot be one machine's, so each is named by its folder.
     *
     * @param ownHost name of this machine
     */
    public static List<NamedLog> of(List<String> arguments, String ownHost) {
        List<NamedLog> logs = arguments.stream().map(NamedLog::split).toList();
        List<NamedLog> nameless = logs.stream().filter(NamedLog::isNameless).toList();
        List<NamedLog> named = new ArrayList<>();
        for (NamedLog log : logs) {
            boolean alone = nameless.stream().noneMatch(other -> other.isElsewhere(log));
            named.add(nameless.contains(log) ? new NamedLog(alone ? ownHost : log.folder(ownHost), log.file) : log);
        }
        return named;
    }

    private static NamedLog split(String argument) {
        int equals = argument.indexOf('=');
        boolean named = equals > 0 && argument.substring(0, equals).indexOf('/') < 0;
        return named && !Files.exists(Path.of(argument))
                ? new NamedLog(argument.substring(0, equals), argument.substring(equals + 1))
                : new NamedLog("", argument);
    }

    private boolean isElsewhere(NamedLog other) {
        Path one = Path.of(file).toAbsolutePath().normalize();
        Path two = Path.of(other.file).toAbsolutePath().normalize();
        return one.endsWith(two.getFileName()) && !one.equals(two);
    }

    private String folder(String otherwise) {
        return Optional.ofNullable(Path.of(file).toAbsolutePath().normalize().getParent())
                .map(Path::getFileName)
                .map(Path::toString)
                .orElse(otherwise);
    }

    /** Whether the first line that can be read says no host; false for what cannot be read at all. */
    private boolean isNameless() {
        if (!host.isEmpty() || file.equals(LogFile.STANDARD_INPUT) || !Files.isRegularFile(Path.of(file))) {
            return false;
        }
        try (InputStream bytes = new LogFile(file, InputStream.nullInputStream()).open()) {
            byte[] peeked = bytes.readNBytes(PEEKED_BYTES);
            HeaderParser parser = new HeaderParser(new HeaderContext(NOBODY, ZoneOffset.UTC, Instant.EPOCH));
            int start = 0;
            for (int at = 0; at < peeked.length; at++) {
                if (peeked[at] == '\n') {
                    Header header = parser.parse(peeked, start, at);
                    if (header.parsed()) {
                        return header.host().equals(NOBODY);
                    }
                    start = at + 1;
                }
            }
            return false;
        } catch (IOException unreadable) {
            // Whoever reads it says so.
            return false;
        }
    }
}
