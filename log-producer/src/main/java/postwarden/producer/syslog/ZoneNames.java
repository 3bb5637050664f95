package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.is;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of zones behind a time stamp, as offsets: those of RFC 5322 and of Europe, Japan and eastern Australia, and the host's own. A
 * name that several zones share, such as IST, counts only where it is the host's own.
 */
final class ZoneNames {
    /** What {@link #offset} answers for a name that is no zone's. */
    static final int NONE = Integer.MIN_VALUE;
    /** What {@link #offset} answers for a name that more than one zone has. */
    static final int AMBIGUOUS = Integer.MIN_VALUE + 1;

    private static final int SHORTEST = 3;
    private static final int LONGEST = 5;
    private static final int HOUR = 3600;
    /** There are some six hundred zones, of which configurations name a few. */
    private static final Map<Clocks, ZoneNames> KNOWN = new ConcurrentHashMap<>();

    private record Clocks(ZoneId zone, int standardOffset) {}

    private final String standardName;
    private final String summerName;
    private final int standardOffset;
    private final int summerOffset;

    private ZoneNames(ZoneId zone, int standardOffset) {
        TimeZone host = TimeZone.getTimeZone(zone);
        standardName = host.getDisplayName(false, TimeZone.SHORT, Locale.ENGLISH);
        summerName = host.getDisplayName(true, TimeZone.SHORT, Locale.ENGLISH);
        this.standardOffset = standardOffset;
        summerOffset = standardOffset + host.getDSTSavings() / 1000;
    }

    /** The names that mean something on a host of that zone at that time: one object for all its files. */
    static ZoneNames of(ZoneId zone, Instant now) {
        int standardOffset = zone.getRules().getStandardOffset(now).getTotalSeconds();
        return KNOWN.computeIfAbsent(new Clocks(zone, standardOffset), host -> new ZoneNames(zone, standardOffset));
    }

    /** Index behind a word that may be a zone's name, three to five capitals before a space or the end; or {@link Ascii#NO}. */
    static int end(byte[] line, int at, int to) {
        int i = at;
        while (i < to && i - at <= LONGEST && line[i] >= 'A' && line[i] <= 'Z') {
            i++;
        }
        boolean whole = i == to || is(line, i, to, ' ') || is(line, i, to, ':');
        return whole && i - at >= SHORTEST && i - at <= LONGEST ? i : Ascii.NO;
    }

    /** Seconds east of UTC. */
    int offset(byte[] line, int at, int end) {
        StringBuilder name = new StringBuilder(LONGEST);
        for (int i = at; i < end; i++) {
            name.append((char) line[i]);
        }
        String word = name.toString();
        if (word.equals(standardName)) {
            return standardOffset;
        }
        return word.equals(summerName) ? summerOffset : known(word);
    }

    private static int known(String name) {
        return switch (name) {
            case "UTC", "GMT", "UCT", "WET" -> 0;
            case "CET", "WEST" -> HOUR;
            case "CEST", "EET" -> 2 * HOUR;
            case "EEST", "MSK" -> 3 * HOUR;
            case "JST", "KST" -> 9 * HOUR;
            case "AEST" -> 10 * HOUR;
            case "AEDT" -> 11 * HOUR;
            case "EDT" -> -4 * HOUR;
            case "EST", "CDT" -> -5 * HOUR;
            case "CST", "MDT" -> -6 * HOUR;
            case "MST", "PDT" -> -7 * HOUR;
            case "PST", "AKDT" -> -8 * HOUR;
            case "AKST" -> -9 * HOUR;
            case "BST", "IST", "AST", "ADT", "SST", "WST", "GST", "PKT" -> AMBIGUOUS;
            default -> NONE;
        };
    }
}
