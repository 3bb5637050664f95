package postwarden.producer.journal;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in a journal as journalctl names it: {@code s=…;i=…;b=…;m=…;t=…;x=…} (systemd 187 to 257, {@code sd_journal_get_cursor}): the
 * chain of files, the entry's number in it, the boot, the time since it, the time, and a hash of the entry.
 *
 * @param text as journalctl gave it, at most {@value #LONGEST} characters
 * @param chain identity of the chain of files that numbers the entry
 * @param number of the entry in its chain, 0 to 2^47; every entry of a chain has another one
 * @param micros when it was received, microseconds since 1970-01-01T00:00:00Z
 * @param entry boot, time and hash: the same when journald moves the entry to a chain of other files, as at boot from memory to disk
 */
public record Cursor(String text, String chain, long number, long micros, String entry) {
    private static final int LONGEST = 512;
    /** Numbers beyond it leave no room for fragments in an offset; journald would need a thousand years for them. */
    private static final long MOST = 1L << 47;

    private static final int HEXADECIMAL = 16;

    /** Reads a cursor; null when it is none. */
    public static @Nullable Cursor of(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        Map<String, String> parts = new HashMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        String chain = parts.getOrDefault("s", "");
        long number = number(parts.getOrDefault("i", ""));
        long micros = number(parts.getOrDefault("t", ""));
        boolean whole = !chain.isEmpty() && number >= 0 && number <= MOST && micros >= 0;
        String entry = parts.get("b") + ' ' + parts.get("m") + ' ' + parts.get("t") + ' ' + parts.get("x");
        return whole ? new Cursor(text, chain, number, micros, entry) : null;
    }

    /** Whether both name the same entry. */
    public boolean isSameAs(Cursor other) {
        return (chain.equals(other.chain) && number == other.number) || entry.equals(other.entry);
    }

    /** Whether it stands behind another one: by the chain's numbers, else by the time, which may have been set back in between. */
    public boolean isBehind(Cursor other) {
        return chain.equals(other.chain) ? number > other.number : micros > other.micros;
    }

    private static long number(String digits) {
        try {
            return digits.isEmpty() ? -1 : Long.parseLong(digits, HEXADECIMAL);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
