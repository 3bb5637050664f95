package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.NO;
import static postwarden.producer.syslog.Ascii.digit;
import static postwarden.producer.syslog.Ascii.four;
import static postwarden.producer.syslog.Ascii.is;
import static postwarden.producer.syslog.Ascii.two;

/**
 * Reads one time stamp from bytes. A reading method answers the index behind the stamp, or {@link Ascii#NO} when the bytes are no
 * stamp of its form ({@link #reason()} is empty) or one of an impossible time ({@link #reason()} says what).
 */
final class StampReader {
    /** In a second. */
    private static final long MICROS = 1_000_000;

    /** The largest offset that java.time and every zone know, in seconds. */
    private static final int LARGEST_OFFSET = 18 * 3600;
    /** A four-digit number behind an RFC 3164 time counts as its year only within these bounds. */
    private static final int FIRST_YEAR = 1990;

    private static final int LAST_YEAR = 2099;
    private static final String SHARED_NAME = "the stamp's zone name is one that several zones have";

    private final LocalTimes times;
    private final ZoneNames zones;
    private final CountedTime counted = new CountedTime();
    private final Fraction fraction = new Fraction();
    private String reason = "";
    private long micros;
    private TimeQuality quality = TimeQuality.NONE;
    private int secondOfDay;
    private int microsOfSecond;
    private int zone = ZoneNames.NONE;

    StampReader(LocalTimes times, ZoneNames zones) {
        this.times = times;
        this.zones = zones;
    }

    String reason() {
        return reason;
    }

    long micros() {
        return micros;
    }

    TimeQuality quality() {
        return quality;
    }

    /** Index behind a weekday of three letters and a space, or the index itself where there is none. */
    static int behindWeekday(byte[] line, int at, int end) {
        return CalendarNames.weekday(line, at, end) > 0 && is(line, at + 3, end, ' ') ? at + 4 : at;
    }

    /**
     * RFC 3339 and its relatives: a T or a space in the middle, any fraction, offset Z, +hh:mm, +hhmm (also behind a space), a zone's
     * name behind a space, or none.
     */
    int iso(byte[] line, int at, int end) {
        reason = "";
        int year = four(line, at, end);
        int month = two(line, at + 5, end);
        int day = two(line, at + 8, end);
        boolean shaped = at + 10 < end && line[at + 4] == line[at + 7] && (line[at + 4] == '-' || line[at + 4] == '/');
        if (!shaped || (year | month | day) < 0 || !isDateEnd(line[at + 10])) {
            return NO;
        }
        int behind = time(line, at + 11, end);
        if (behind < 0 || !date(year, month, day)) {
            return NO;
        }
        return offset(line, behind, end, year, month, day);
    }

    /**
     * RFC 3164: Mmm d hh:mm:ss, the day with one or two places; a year before the month, before or behind the time, a fraction, and a
     * zone's name are read too.
     */
    int bsd(byte[] line, int at, int end) {
        reason = "";
        int first = year(line, at, end);
        return first < 0 ? bsd(line, at, end, NO) : bsd(line, at + 5, end, first);
    }

    private int bsd(byte[] line, int at, int end, int statedYear) {
        int month = CalendarNames.month(line, at, end);
        if (month < 0 || !is(line, at + 3, end, ' ')) {
            return NO;
        }
        int dayAt = is(line, at + 4, end, ' ') ? at + 5 : at + 4;
        int places = digit(line, dayAt + 1, end) < 0 ? 1 : 2;
        int day = places == 1 ? digit(line, dayAt, end) : two(line, dayAt, end);
        int next = dayAt + places;
        if (day < 0 || !is(line, next, end, ' ')) {
            return NO;
        }
        int year = statedYear < 0 ? year(line, next + 1, end) : statedYear;
        boolean inFront = statedYear < 0 && year >= 0;
        int behind = time(line, inFront ? next + 6 : next + 1, end);
        if (behind < 0) {
            return NO;
        }
        if (year < 0 && is(line, behind, end, ' ')) {
            year = year(line, behind + 1, end);
            behind = year < 0 ? behind : behind + 5;
        }
        int behindZone = zone(line, behind, end);
        return bsdDate(year, month, day) ? Math.max(behindZone, behind) : NO;
    }

    /** The Common Log Format: dd/Mon/yyyy:hh:mm:ss and an offset behind a space. */
    int common(byte[] line, int at, int end) {
        reason = "";
        int day = two(line, at, end);
        int month = is(line, at + 2, end, '/') ? CalendarNames.month(line, at + 3, end) : NO;
        int year = is(line, at + 6, end, '/') ? year(line, at + 7, end) : NO;
        if ((day | month | year) < 0 || !is(line, at + 11, end, ':')) {
            return NO;
        }
        int behind = time(line, at + 12, end);
        return behind < 0 || !date(year, month, day) ? NO : offset(line, behind, end, year, month, day);
    }

    /** Seconds since 1970 with a fraction, see {@link CountedTime#unix}. */
    int unix(byte[] line, int at, int end) {
        return instant(counted.unix(line, at, end));
    }

    /** A number that counts from 1970, see {@link CountedTime#epoch}. */
    boolean epoch(byte[] line, int at, int end) {
        return instant(counted.epoch(line, at, end)) >= 0;
    }

    private int instant(int behind) {
        reason = counted.reason();
        if (behind < 0) {
            return NO;
        }
        times.instant(counted.second());
        microsOfSecond = counted.microsOfSecond();
        return resolved(behind);
    }

    /** A time of day alone; its date is that of the time before in the same file. */
    int timeOfDay(byte[] line, int at, int end) {
        reason = "";
        int behind = time(line, at, end);
        if (behind > 0 && !times.onTheSameDay(secondOfDay)) {
            reason = "a time of day, and no line before it has a date";
            return NO;
        }
        return behind < 0 ? NO : resolved(behind);
    }

    /** TAI64N, see {@link CountedTime#tai}; leaves no trace in what local times are resolved by. */
    int tai(byte[] line, int at, int end) {
        int behind = counted.tai(line, at, end);
        reason = counted.reason();
        if (behind >= 0) {
            micros = counted.second() * MICROS + counted.microsOfSecond();
            quality = TimeQuality.ZONED;
        }
        return behind;
    }

    private static boolean isDateEnd(byte b) {
        return b == 'T' || b == ' ' || b == 't';
    }

    private static int year(byte[] line, int at, int end) {
        int year = four(line, at, end);
        boolean whole = at + 4 == end || is(line, at + 4, end, ' ') || is(line, at + 4, end, ':');
        return year >= FIRST_YEAR && year <= LAST_YEAR && whole ? year : NO;
    }

    /** hh:mm:ss and a fraction; a 60th second rolls over into the next minute. */
    private int time(byte[] line, int at, int end) {
        int hour = two(line, at, end);
        int minute = two(line, at + 3, end);
        int second = two(line, at + 6, end);
        if ((hour | minute | second) < 0 || !is(line, at + 2, end, ':') || !is(line, at + 5, end, ':')) {
            return NO;
        }
        if (hour > 23 || minute > 59 || second > 60) {
            reason = "the stamp's time of day does not exist";
            return NO;
        }
        secondOfDay = hour * 3600 + minute * 60 + second;
        microsOfSecond = 0;
        int behind = at + 8;
        boolean point = is(line, behind, end, '.') || is(line, behind, end, ',');
        if (!point || digit(line, behind + 1, end) < 0) {
            return behind;
        }
        behind = fraction.read(line, behind + 1, end);
        microsOfSecond = fraction.micros();
        return behind;
    }

    private boolean date(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > LocalTimes.lengthOfMonth(year, month)) {
            reason = "the stamp's date does not exist";
            return false;
        }
        return true;
    }

    private int offset(byte[] line, int at, int end, int year, int month, int day) {
        if (is(line, at, end, 'Z') || is(line, at, end, 'z')) {
            times.zoned(year, month, day, secondOfDay, 0);
            return resolved(at + 1);
        }
        int sign = is(line, at, end, ' ') && isSign(line, at + 1, end) ? at + 1 : at;
        int hours = two(line, sign + 1, end);
        int minutesAt = is(line, sign + 3, end, ':') ? sign + 4 : sign + 3;
        int minutes = two(line, minutesAt, end);
        if (!isSign(line, sign, end) || (hours | minutes) < 0) {
            return named(line, at, end, year, month, day);
        }
        int seconds = hours * 3600 + minutes * 60;
        if (seconds > LARGEST_OFFSET || minutes > 59) {
            reason = "the stamp's offset is not between -18:00 and +18:00";
            return NO;
        }
        times.zoned(year, month, day, secondOfDay, line[sign] == '-' ? -seconds : seconds);
        return resolved(minutesAt + 2);
    }

    private int named(byte[] line, int at, int end, int year, int month, int day) {
        int behind = zone(line, at, end);
        if (zone == ZoneNames.AMBIGUOUS) {
            reason = SHARED_NAME;
            return NO;
        }
        if (behind < 0) {
            times.inZone(year, month, day, secondOfDay);
            return resolved(at);
        }
        times.zoned(year, month, day, secondOfDay, zone);
        return resolved(behind);
    }

    /** Reads a zone's name behind a space into {@link #zone}; answers the index behind it, or {@link Ascii#NO}. */
    private int zone(byte[] line, int at, int end) {
        zone = ZoneNames.NONE;
        int behind = is(line, at, end, ' ') ? ZoneNames.end(line, at + 1, end) : NO;
        if (behind > 0) {
            zone = zones.offset(line, at + 1, behind);
        }
        return zone == ZoneNames.NONE ? NO : behind;
    }

    private static boolean isSign(byte[] line, int at, int end) {
        return is(line, at, end, '+') || is(line, at, end, '-');
    }

    private boolean bsdDate(int year, int month, int day) {
        // 2024 stands for any leap year: without a year, 29 February may be meant.
        if (!date(year < 0 ? 2024 : year, month, day)) {
            return false;
        }
        if (zone == ZoneNames.AMBIGUOUS) {
            reason = SHARED_NAME;
            return false;
        }
        if (year >= 0) {
            inZone(year, month, day);
        } else if (!inZoneAndYear(month, day)) {
            reason = "no year within reach has the stamp's date";
            return false;
        }
        resolved(0);
        return true;
    }

    private void inZone(int year, int month, int day) {
        if (zone == ZoneNames.NONE) {
            times.inZone(year, month, day, secondOfDay);
        } else {
            times.zoned(year, month, day, secondOfDay, zone);
        }
    }

    private boolean inZoneAndYear(int month, int day) {
        return zone == ZoneNames.NONE
                ? times.inZoneAndYear(month, day, secondOfDay)
                : times.zonedWithoutYear(month, day, secondOfDay, zone);
    }

    private int resolved(int behind) {
        micros = times.second() * MICROS + microsOfSecond;
        quality = times.quality();
        return behind;
    }
}
