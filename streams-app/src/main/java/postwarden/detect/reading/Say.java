package postwarden.detect.reading;

import java.util.Locale;

/** Numbers and names as text in alerts; the same on every machine, whatever its language. */
public final class Say {
    private static final String PLAIN = "@%+=:,./-_";

    private Say() {}

    /** A number with no more digits than a person needs: 372, 4.7, 0.03. */
    public static String number(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 1 ? "%.1f" : "%.2f", value);
    }

    /** A share from 0 to 1 as whole percent: {@code 47 %}. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** {@code 1 message}, {@code 2 messages}, {@code 2 addresses}. */
    public static String count(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : noun.endsWith("s") ? "es" : "s");
    }

    /** How a client stands in a log: an IPv6 network of 64 bits is the beginning of its addresses there. */
    public static String inLogs(String client) {
        return client.endsWith("::/64") ? client.substring(0, client.length() - "::/64".length()) + ":" : client;
    }

    /**
     * A name from a log as one word of a shell command. Names come from strangers, and somebody will paste the command at
     * night, so anything but plain characters is quoted, and control characters are left out.
     */
    public static String shell(String name) {
        String visible = printable(name);
        boolean plain = !visible.isEmpty()
                && visible.charAt(0) != '-'
                && visible.chars().allMatch(c -> isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
        return plain ? visible : "'" + visible.replace("'", "'\\''") + "'";
    }

    /** A command that shows the last lines of the logs in which a name stands, whichever daemon writes them. */
    public static String lastLines(String name) {
        return "grep -hFs -e " + shell(inLogs(name)) + " /var/log/mail.log /var/log/maillog /var/log/exim4/mainlog"
                + " /var/log/exim_mainlog | tail -50";
    }

    /** A name from a log without control characters, so that it stays on one line. */
    public static String printable(String name) {
        StringBuilder kept = new StringBuilder(name.length());
        name.chars().filter(c -> c >= ' ' && c != 0x7f).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
