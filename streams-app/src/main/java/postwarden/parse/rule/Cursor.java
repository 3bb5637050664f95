package postwarden.parse.rule;

/**
 * A position in a message that moves only forward, so that reading is linear in the length of the line whatever a
 * stranger wrote into it. No step throws; a step that does not fit says so and moves nothing.
 */
public final class Cursor {
    /** So many digits and powers are exact in a double, so that one division rounds as the parser of Java does. */
    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final String text;
    private int at;

    public Cursor(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public int at() {
        return at;
    }

    public void moveTo(int position) {
        at = Math.min(Math.max(position, 0), text.length());
    }

    public boolean atEnd() {
        return at >= text.length();
    }

    /** The next character, or NUL at the end. */
    public char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    public boolean sees(String literal) {
        return text.startsWith(literal, at);
    }

    /** Moves behind the literal if it stands here. */
    public boolean take(String literal) {
        if (!sees(literal)) {
            return false;
        }
        at += literal.length();
        return true;
    }

    public boolean take(char character) {
        if (peek() != character || atEnd()) {
            return false;
        }
        at++;
        return true;
    }

    /** Whether the literal stands anywhere from here on. */
    public boolean ahead(String literal) {
        return text.indexOf(literal, at) >= 0;
    }

    /** What stands before the next {@code end}, moving behind {@code end}; all the rest when it does not come. */
    public String upTo(char end) {
        return slice(text.indexOf(end, at), 1);
    }

    /** What stands before the next {@code end}, moving behind {@code end}; all the rest when it does not come. */
    public String upTo(String end) {
        return slice(text.indexOf(end, at), end.length());
    }

    /** What stands before the last {@code end}, moving behind it; all the rest when it does not come. */
    public String upToLast(String end) {
        int found = text.lastIndexOf(end);
        return slice(found < at ? -1 : found, end.length());
    }

    /** The characters up to a space or the end, without moving behind the space. */
    public String word() {
        int end = text.indexOf(' ', at);
        return slice(end, 0);
    }

    /** All that is left, moving to the end. */
    public String rest() {
        return slice(-1, 0);
    }

    /** The digits that stand here as a number, or -1 when none do or they are more than 18. */
    public long number() {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        if (end == at || end - at > 18) {
            return -1;
        }
        return Long.parseLong(slice(end, 0));
    }

    /** A number such as 12, 0.05 or 1e+03 that stands here, or NaN. */
    public double decimal() {
        int end = at;
        int dot = -1;
        long digits = 0;
        boolean plain = true;
        while (end < text.length() && isDecimal(text.charAt(end))) {
            char c = text.charAt(end);
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + c - '0';
            } else if (c == '.' && dot < 0) {
                dot = end;
            } else {
                plain = false;
            }
            end++;
        }
        if (end == at || end - at > 24) {
            return Double.NaN;
        }
        if (plain && end - at <= POWERS_OF_TEN.length && dot != at && dot != end - 1) {
            at = end;
            return dot < 0 ? digits : digits / POWERS_OF_TEN[end - dot - 1];
        }
        return decimal(end);
    }

    private double decimal(int end) {
        try {
            double value = Double.parseDouble(text.substring(at, end));
            at = end;
            return value;
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }

    public void skipSpaces() {
        while (peek() == ' ') {
            at++;
        }
    }

    private String slice(int end, int behind) {
        int stop = end < 0 ? text.length() : end;
        String part = text.substring(at, stop);
        at = end < 0 ? stop : stop + behind;
        return part;
    }

    private static boolean isDecimal(char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-';
    }
}
