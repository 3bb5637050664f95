package postwarden.producer.syslog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Local times of one host as instants: which year, which offset.
 *
 * <p>Remembers the last instant it gave, for the hour that exists twice when clocks go back: a line that would jump back by more
 * than {@value #DISORDER_SECONDS} s against the line before belongs to the second pass. A log that is a little out of order does
 * not, and every time in such an hour is marked {@link TimeQuality#AMBIGUOUS} whatever was chosen.
 */
final class LocalTimes {
    /** How far lines of one log may stand out of order; writers of one syslog differ by seconds, the doubled hour is 1800 s or more. */
    private static final int DISORDER_SECONDS = 600;

    private static final long SECONDS_PER_DAY = 86_400;
    /** Leap years are at most eight years apart (1896 to 1904, 2096 to 2104). */
    private static final int LONGEST_LEAP_GAP = 8;

    private static final long NO_DATE = Long.MIN_VALUE;
    /** Stands for an offset where the host's zone gives it. */
    private static final int HOST_ZONE = Integer.MIN_VALUE;
    /** A time of day that is earlier than the one before by more than this is the next day's. */
    private static final int HALF_DAY = 43_200;

    private final ZoneRules rules;
    private long latestSecond;
    private long latestLocal;
    private int latestYear;

    private long second;
    private TimeQuality quality = TimeQuality.NONE;

    private long cachedLocal = Long.MIN_VALUE;
    private long cachedSecond;
    private int cachedDate = -1;
    private long cachedEpochDay;

    private long lastLocal = NO_DATE;
    private int lastOffset = HOST_ZONE;

    LocalTimes(ZoneId zone, Instant now) {
        rules = zone.getRules();
        now(now);
    }

    /** Moves the reference for years that are not stated. */
    void now(Instant now) {
        Instant latest = now.plusSeconds(SECONDS_PER_DAY);
        latestSecond = latest.getEpochSecond();
        int offset = rules.getOffset(latest).getTotalSeconds();
        latestLocal = latest.getEpochSecond() + offset;
        latestYear = LocalDateTime.ofEpochSecond(latestLocal, 0, ZoneOffset.UTC).getYear();
    }

    /** Seconds since the epoch of the time resolved last. */
    long second() {
        return second;
    }

    /** How sure the time resolved last is. */
    TimeQuality quality() {
        return quality;
    }

    /** Resolves a date, its second of the day and a stated offset; the date must exist. */
    void zoned(int year, int month, int day, int secondOfDay, int offsetSeconds) {
        lastLocal = local(year, month, day, secondOfDay);
        lastOffset = offsetSeconds;
        second = lastLocal - offsetSeconds;
        quality = TimeQuality.ZONED;
    }

    /** Takes over an instant as it is. */
    void instant(long epochSecond) {
        second = epochSecond;
        quality = TimeQuality.ZONED;
    }

    /** Resolves a time of day by the date of the time before, or the day after it past midnight; false when there was none. */
    boolean onTheSameDay(int secondOfDay) {
        if (lastLocal == NO_DATE) {
            return false;
        }
        long before = Math.floorMod(lastLocal, SECONDS_PER_DAY);
        long day = lastLocal - before + (secondOfDay < before - HALF_DAY ? SECONDS_PER_DAY : 0);
        if (lastOffset == HOST_ZONE) {
            resolve(day + secondOfDay, TimeQuality.HOST_ZONE);
        } else {
            lastLocal = day + secondOfDay;
            second = lastLocal - lastOffset;
            quality = TimeQuality.ZONED;
        }
        return true;
    }

    /** Resolves a date with its year in the host's zone; the date must exist. */
    void inZone(int year, int month, int day, int secondOfDay) {
        resolve(local(year, month, day, secondOfDay), TimeQuality.HOST_ZONE);
    }

    /** Resolves a date without its year in the host's zone; false when no year has this day. */
    boolean inZoneAndYear(int month, int day, int secondOfDay) {
        for (int year = latestYear; year >= latestYear - LONGEST_LEAP_GAP; year--) {
            if (day <= lengthOfMonth(year, month)) {
                long local = local(year, month, day, secondOfDay);
                if (local <= latestLocal) {
                    resolve(local, TimeQuality.HOST_ZONE_AND_YEAR);
                    return true;
                }
            }
        }
        return false;
    }

    /** Resolves a date without its year with a stated offset; false when no year has this day. */
    boolean zonedWithoutYear(int month, int day, int secondOfDay, int offsetSeconds) {
        for (int year = latestYear + 1; year >= latestYear - LONGEST_LEAP_GAP; year--) {
            if (day <= lengthOfMonth(year, month)
                    && local(year, month, day, secondOfDay) - offsetSeconds <= latestSecond) {
                zoned(year, month, day, secondOfDay, offsetSeconds);
                quality = TimeQuality.HOST_ZONE_AND_YEAR;
                return true;
            }
        }
        return false;
    }

    static int lengthOfMonth(int year, int month) {
        return switch (month) {
            case 2 -> Year.isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private void resolve(long local, TimeQuality whenUnique) {
        lastLocal = local;
        lastOffset = HOST_ZONE;
        if (local == cachedLocal) {
            second = cachedSecond;
            quality = whenUnique;
            return;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
        ZoneOffsetTransition change = rules.isFixedOffset() ? null : rules.getTransition(time);
        if (change == null) {
            second = local - rules.getOffset(time).getTotalSeconds();
            quality = whenUnique;
            cachedLocal = local;
            cachedSecond = second;
        } else {
            long early = local - change.getOffsetBefore().getTotalSeconds();
            long late = local - change.getOffsetAfter().getTotalSeconds();
            // In a gap the clock was not yet put forward, so only the offset before the change can have written it.
            boolean secondPass =
                    change.isOverlap() && second - early > DISORDER_SECONDS && second - late <= DISORDER_SECONDS;
            second = secondPass ? late : early;
            quality = TimeQuality.AMBIGUOUS;
        }
    }

    private long local(int year, int month, int day, int secondOfDay) {
        int date = year << 9 | month << 5 | day;
        if (date != cachedDate) {
            cachedEpochDay = LocalDate.of(year, month, day).toEpochDay();
            cachedDate = date;
        }
        return cachedEpochDay * SECONDS_PER_DAY + secondOfDay;
    }
}
