package postwarden.cli;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import postwarden.drift.Drift;
import postwarden.event.Event;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.scan.MapMemory;

/** Counts what {@code postwarden parse} read: lines, events by kind, and templates of what no rule knew. */
final class ParseSummary {
    private final Map<String, Long> kinds = new TreeMap<>();
    private final Drift drift = new Drift(new MapMemory<>());
    private Instant latest = Instant.EPOCH;
    private long lines;

    void count(Event event) {
        lines++;
        latest = event.time();
        kinds.merge(event.kind().wireName(), 1L, Long::sum);
        if (event.is(Kind.UNRECOGNISED)) {
            drift.unrecognised(event);
        } else {
            drift.version(event);
        }
    }

    /** Counts a line without a readable header, at the time of the line before. */
    void countUnparsed(String file, String reason, String text) {
        lines++;
        kinds.merge("unparsed", 1L, Long::sum);
        Source source = new Source(file, file, 0, 0, -1, -1);
        drift.unparsed(new LogRecord.Unparsed(ParsedLines.TENANT, "", reason, text, source), latest);
    }

    /** The templates of what no rule knew. */
    Drift drift() {
        return drift;
    }

    /** The counts as text for people, kinds by name, templates by frequency. */
    String text() {
        StringBuilder text = new StringBuilder().append(lines).append(" lines\n");
        kinds.forEach((kind, count) -> text.append(String.format(Locale.ROOT, "%10d %s%n", count, kind)));
        if (drift.templates() > 0) {
            text.append("not understood, by template\n").append(new DriftTable(drift).summary(Integer.MAX_VALUE));
        }
        return text.toString();
    }
}
