package postwarden.parse.pureftpd;

/**
 * Compares a line with a text of the daemon. Its builds write letters beyond ASCII in the encoding of their day (ISO 8859-2
 * in Polish), which read as UTF-8 are unknown characters; such a run of characters counts as the run that the text has.
 */
final class Wording {
    /** What bytes that are no UTF-8 are read as. */
    private static final char UNKNOWN = '\uFFFD';

    private static final int ASCII = 128;

    private Wording() {}

    /** Where the line goes on behind the text that must stand at an index; -1 when it does not. */
    static int behind(String line, int at, String text) {
        if (line.startsWith(text, at)) {
            return at + text.length();
        }
        int read = at;
        int wanted = 0;
        while (wanted < text.length()) {
            if (text.charAt(wanted) >= ASCII) {
                int end = runEnd(line, read);
                if (end == read || line.indexOf(UNKNOWN, read) < 0 || line.indexOf(UNKNOWN, read) >= end) {
                    return -1;
                }
                read = end;
                wanted = runEnd(text, wanted);
            } else if (read < line.length() && line.charAt(read) == text.charAt(wanted)) {
                read++;
                wanted++;
            } else {
                return -1;
            }
        }
        return read;
    }

    /** Where the text that must end the line begins; -1 when the line does not end so. */
    static int endingFrom(String line, int from, String text) {
        if (line.endsWith(text)) {
            return line.length() - text.length();
        }
        if (line.indexOf(UNKNOWN, from) < 0 || text.isEmpty()) {
            return -1;
        }
        // The first character is ASCII in every language that can be unknown here.
        for (int at = line.lastIndexOf(text.charAt(0)); at >= from; at = line.lastIndexOf(text.charAt(0), at - 1)) {
            if (behind(line, at, text) == line.length()) {
                return at;
            }
            if (line.length() - at > 2 * text.length()) {
                return -1;
            }
        }
        return -1;
    }

    private static int runEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= ASCII) {
            at++;
        }
        return at;
    }
}
