package postwarden.parse.reply;

/**
 * The codes that a reply begins with.
 *
 * @param code three digits, or -1
 * @param kind 2, 4 or 5: what the code begins with, else the enhanced code; 0 when there is neither
 * @param enhanced the enhanced code without its class, subject × 1000 + detail, or -1
 */
record Codes(int code, int kind, int enhanced) {
    private static final int SUBJECT = 1000;
    private static final int CODE = 3;

    static Codes of(int code, String dsn) {
        int kind = code > 0 ? code / 100 : dsn.isEmpty() ? 0 : dsn.charAt(0) - '0';
        return new Codes(code, kind, dsn.isEmpty() ? -1 : subject(dsn) * SUBJECT + detail(dsn));
    }

    /** The codes that the text begins with. */
    static Codes of(String text) {
        return of(code(text, 0), enhanced(text));
    }

    /** The three-digit code, 200 to 599, that stands at that position, or -1. */
    static int code(String text, int from) {
        int end = from + CODE;
        if (text.length() < end || text.charAt(from) < '2' || text.charAt(from) > '5') {
            return -1;
        }
        if (!isDigit(text.charAt(from + 1)) || !isDigit(text.charAt(from + 2))) {
            return -1;
        }
        if (text.length() > end && text.charAt(end) != ' ' && text.charAt(end) != '-') {
            return -1;
        }
        return number(text, from, end);
    }

    /** The enhanced code such as 4.7.28 that stands at that position, or an empty text. */
    static String dsn(String text, int from) {
        int first = from + 2;
        if (text.length() < from + 5 || "245".indexOf(text.charAt(from)) < 0 || text.charAt(from + 1) != '.') {
            return "";
        }
        int dot = digitsEnd(text, first);
        if (dot == first || dot >= text.length() || text.charAt(dot) != '.') {
            return "";
        }
        int end = digitsEnd(text, dot + 1);
        return end == dot + 1 ? "" : text.substring(from, end);
    }

    /** The enhanced code behind the code, or at the beginning where there is no code; Cisco's writes {@code 550 #5.1.0}. */
    static String enhanced(String text) {
        return dsn(text, enhancedBegins(text));
    }

    /** Where the codes at the text's beginning end. */
    static int end(String text) {
        int from = enhancedBegins(text);
        return Math.min(text.length(), from + dsn(text, from).length());
    }

    /** The middle of {@code 4.7.28}; -1 of an empty text. */
    static int subject(String dsn) {
        return dsn.isEmpty() ? -1 : number(dsn, 2, dsn.indexOf('.', 2));
    }

    /** The end of {@code 4.7.28}; -1 of an empty text. */
    static int detail(String dsn) {
        return dsn.isEmpty() ? -1 : number(dsn, dsn.indexOf('.', 2) + 1, dsn.length());
    }

    private static int enhancedBegins(String text) {
        int from = code(text, 0) < 0 ? 0 : CODE + 1;
        return text.length() > from && text.charAt(from) == '#' ? from + 1 : from;
    }

    /** End of at most three digits (RFC 3463 allows no more). */
    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && at < from + 3 && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int number(String text, int from, int end) {
        int number = 0;
        for (int at = from; at < end; at++) {
            number = number * 10 + text.charAt(at) - '0';
        }
        return number;
    }
}
