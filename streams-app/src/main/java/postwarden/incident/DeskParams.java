package postwarden.incident;

import java.time.Duration;
import java.util.Set;

/**
 * What the incident desk may be told to do differently.
 *
 * @param updateEvery least event time between two records of one incident, unless severity or scope rises; 10 s to 1 day,
 *     default 5 min: detectors.md 5.0, so that a person who reads every record keeps up
 * @param reopenWithin event time after its end in which an incident that comes back goes on under its id instead of opening
 *     a new one; 0 to 1 h, default 10 min: two of the five minute windows that most detectors look at
 * @param kinWithin how long before its parent a child may have ended to be part of its story; 0 to 7 days, default 24 h:
 *     guessed passwords are mostly used within a day
 * @param shelterFor how long behind its parent's end a child that is no worse than the parent was has nothing to say itself; 0 to
 *     1 day, default 1 h: the longest window of a detector, in which what the parent was about still stands
 * @param rememberFor event time for which what is over is remembered, at least the two above; default 24 h
 * @param opensPerPane incidents of one tenant that may open in one pane of 10 s; the rest is counted in one summary and opens
 *     later if it lasts; 1 to 10,000, default 50: five a second is what a SOC's intake is expected to bear
 * @param maxRemembered incidents remembered in all, the bound of the desk's memory; 100 to 1,000,000, default 10,000: some
 *     100 MB at 10 KB each when all are open
 * @param maxChildren children that an incident names, the first ones; 1 to 100, default 16
 * @param maxMoments steps of the story that an incident tells, the earliest ones; 4 to 100, default 24
 * @param scopeMeasures measures that say how far an incident reaches; a doubled one is told at once; default hosts
 * @param linesTopic topic that partition and offset in evidence are about; default mail.lines
 */
public record DeskParams(
        Duration updateEvery,
        Duration reopenWithin,
        Duration kinWithin,
        Duration shelterFor,
        Duration rememberFor,
        int opensPerPane,
        int maxRemembered,
        int maxChildren,
        int maxMoments,
        Set<String> scopeMeasures,
        String linesTopic) {
    /** What holds if nobody says otherwise. */
    public static final DeskParams DEFAULT = new DeskParams(
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            Duration.ofHours(1),
            Duration.ofHours(24),
            50,
            10_000,
            16,
            24,
            Set.of("hosts"),
            "mail.lines");

    public DeskParams {
        between("updateEvery", updateEvery, Duration.ofSeconds(10), Duration.ofDays(1));
        between("reopenWithin", reopenWithin, Duration.ZERO, Duration.ofHours(1));
        between("kinWithin", kinWithin, Duration.ZERO, Duration.ofDays(7));
        between("shelterFor", shelterFor, Duration.ZERO, Duration.ofDays(1));
        between("rememberFor", rememberFor, longer(shelterFor, longer(kinWithin, reopenWithin)), Duration.ofDays(30));
        between("opensPerPane", opensPerPane, 1, 10_000);
        between("maxRemembered", maxRemembered, 100, 1_000_000);
        between("maxChildren", maxChildren, 1, 100);
        between("maxMoments", maxMoments, 4, 100);
        scopeMeasures = Set.copyOf(scopeMeasures);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static void between(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is " + value + ", not between " + least + " and " + most);
        }
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", not between " + least + " and " + most);
        }
    }
}
