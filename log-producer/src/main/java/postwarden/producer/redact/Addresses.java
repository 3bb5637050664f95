package postwarden.producer.redact;

/**
 * Mail addresses in the agent's own words: in its log, and in the labels of its metrics. What stands before an {@code @} goes, what
 * stands behind it stays, so that an operator still knows which domain it is about.
 */
public final class Addresses {
    private static final char AT = '@';
    /** RFC 5321, 4.5.3.1.1: the longest local part; a quoted one is looked for no further back. */
    private static final int LONGEST_LOCAL_PART = 64;
    /** RFC 5322's atext and the dot, beside letters and digits. */
    private static final String LOCAL_SIGNS = "!#$%&'*+-/=?^_`{|}~.";
    /** What a user and a password in front of a host are parted by, as in a URL. */
    private static final String USER_SIGNS = ":";

    private static final int FIRST_NON_ASCII = 0x80;

    private Addresses() {}

    /** The text with {@value Redaction#CUT} for what stands before each {@code @} that something stands before. */
    public static String masked(String text) {
        int at = text.lastIndexOf(AT);
        if (at < 0) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text);
        // From the end, because a quoted local part may hold an @ of its own.
        while (at >= 0) {
            int start = localPart(text, at);
            if (start < at) {
                masked.replace(start, at, Redaction.CUT);
            }
            at = text.lastIndexOf(AT, start - 1);
        }
        return masked.toString();
    }

    /** Where the local part before an {@code @} begins; its place where there is none. */
    private static int localPart(String text, int at) {
        if (at > 0 && text.charAt(at - 1) == '"') {
            int quote = text.lastIndexOf('"', at - 2);
            return quote >= at - 2 - LONGEST_LOCAL_PART && quote >= 0 ? quote : at;
        }
        int start = at;
        while (start > 0 && mayStandIn(text.charAt(start - 1))) {
            start--;
        }
        return afterFolders(text, start, at);
    }

    /** A slash may stand in a local part, but in a path or a URL it ends a folder's or a scheme's name, which says where to look. */
    private static int afterFolders(String text, int start, int at) {
        int slash = text.lastIndexOf('/', at - 1);
        boolean path = start < at && text.charAt(start) == '/';
        int scheme = text.indexOf("://", start);
        boolean url = scheme >= 0 && scheme < at;
        return (path || url) && slash < at - 1 ? slash + 1 : start;
    }

    private static boolean mayStandIn(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c >= FIRST_NON_ASCII
                || LOCAL_SIGNS.indexOf(c) >= 0
                || USER_SIGNS.indexOf(c) >= 0;
    }
}
