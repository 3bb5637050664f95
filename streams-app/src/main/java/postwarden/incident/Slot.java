package postwarden.incident;

import java.nio.charset.StandardCharsets;
import postwarden.detect.Finding;
import postwarden.detect.Report;
import postwarden.tally.Key;

/**
 * The place in the desk's memory for what one detector says about one key of one host, or about one
 * of many that the key stands for, as a text. Each part carries its length,
 * so that no name that a stranger chose can be mistaken for another's.
 */
final class Slot {
    private Slot() {}

    static String of(String detector, Key key, String host) {
        return joined(key.tenant(), detector, Integer.toString(key.watch().id()), key.name(), host);
    }

    private static String of(String detector, Key key, String host, String about) {
        return of(detector, key, host) + (about.isEmpty() ? "" : joined(about));
    }

    static String of(Report report) {
        return of(report.detector(), report.key(), report.host(), report.about());
    }

    static String of(Finding finding) {
        return of(finding.detector(), finding.key(), finding.host(), finding.about());
    }

    /** Each part as its length in bytes of UTF-8, a colon, the part and a comma: a netstring. */
    static String joined(String... parts) {
        StringBuilder joined = new StringBuilder();
        for (String part : parts) {
            joined.append(part.getBytes(StandardCharsets.UTF_8).length)
                    .append(':')
                    .append(part)
                    .append(',');
        }
        return joined.toString();
    }
}
