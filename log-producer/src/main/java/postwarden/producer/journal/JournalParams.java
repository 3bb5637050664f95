package postwarden.producer.journal;

import java.time.Duration;
import java.util.List;

/**
 * What is read of the systemd journal, and how.
 *
 * @param units systemd units whose processes' lines are read, as {@code _SYSTEMD_UNIT} names them; empty: those of all processes. The
 *     journal daemon finds out the unit itself, so nobody else can write under its name
 * @param identifiers syslog identifiers that are read; empty: all. Whoever writes to the journal chooses them
 * @param users user ids of ordinary users whose lines are believed all the same, such as vmail's
 * @param directory a directory with journal files; empty: this host's journal
 * @param command the program that reads journals
 * @param ordinaryUsers the lowest user id of an ordinary user, 1 or more; default 1000 (login.defs, UID_MIN): a name that a process of
 *     such a user gives to its lines is not believed
 * @param longestEntry the longest entry that is taken, in bytes as journalctl prints it, 64 KiB to 16 MiB; default 1 MiB: journald cuts
 *     lines at 48 KiB, and as an array of numbers one byte takes four
 * @param longestBackoff the longest pause before journalctl is started again, and the longest wait for Kafka after which it is asked
 *     anew whether the journal still holds the next line, 100 ms to 10 min; default 1 min
 */
public record JournalParams(
        List<String> units,
        List<String> identifiers,
        List<Long> users,
        String directory,
        String command,
        long ordinaryUsers,
        int longestEntry,
        Duration longestBackoff) {
    /** What stands for this host's journal where a file's path would. */
    public static final String JOURNAL = "journal";

    private static final int LEAST_ENTRY = 64 << 10;
    private static final int MOST_ENTRY = 16 << 20;

    public JournalParams {
        units = List.copyOf(units);
        identifiers = List.copyOf(identifiers);
        users = List.copyOf(users);
        if (command.isBlank()) {
            throw new IllegalArgumentException("journal.command is blank: which program reads the journal?");
        }
        if (ordinaryUsers < 1) {
            throw new IllegalArgumentException("journal.ordinary-users is " + ordinaryUsers + ", less than 1");
        }
        if (longestEntry < LEAST_ENTRY || longestEntry > MOST_ENTRY) {
            throw new IllegalArgumentException("journal.longest-entry is " + longestEntry + ", not 64 KiB to 16 MiB");
        }
        if (longestBackoff.toMillis() < 100 || longestBackoff.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "journal.longest-backoff is " + longestBackoff + ", not 100 ms to 10 minutes");
        }
        units.forEach(unit -> name("units", unit));
        identifiers.forEach(identifier -> name("identifiers", identifier));
    }

    /** What is read, in a file's place. */
    public String path() {
        return directory.isEmpty() ? JOURNAL : JOURNAL + ":" + directory;
    }

    /** What tells this part of a journal from every other one: a changed filter reads something else. */
    public String identity() {
        return path() + '\n' + String.join(" ", units) + '\n' + String.join(" ", identifiers);
    }

    /** A pattern would match nothing, silently: journalctl compares whole values. */
    private static void name(String key, String value) {
        boolean plain = !value.isBlank() && value.chars().noneMatch(c -> c == '*' || c == '?' || c < ' ');
        if (!plain) {
            throw new IllegalArgumentException(
                    "journal." + key + " has " + value + ": whole names only, as in postfix@-.service");
        }
    }
}
