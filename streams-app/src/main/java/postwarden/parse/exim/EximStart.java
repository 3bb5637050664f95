package postwarden.parse.exim;

import postwarden.parse.rule.Cursor;

/**
 * What stands before an Exim message (Exim 4.8x to 4.100, {@code log_vwrite} and {@code write_syslog} in log.c): syslog's
 * part number {@code [1/3]}, a stamp, a process id, a message id.
 *
 * @param id of 16 characters (6-6-2) or, since 4.97, 23 (6-11-4); empty when there is none
 * @param part what of a message that syslog could not take in one piece this is
 */
record EximStart(String id, Part part) {

    /** Exim cuts what is longer than 870 bytes, and ends a part at each line feed. */
    enum Part {
        /** The whole message, or its whole first line: {@code [1\3]}. */
        WHOLE,
        /** Its beginning, cut anywhere: {@code [1/3]}. */
        CUT,
        /** Anything behind, where a stranger's header lines stand too. */
        CONTINUED
    }

    /** Moves behind it. */
    static EximStart read(Cursor cursor) {
        Part part = part(cursor);
        skipStamp(cursor);
        skipPid(cursor);
        return new EximStart(messageId(cursor), part);
    }

    /** Reads {@code [2/3] }; a slash ends a part in the midst of a line, a backslash at its end. */
    private static Part part(Cursor cursor) {
        int start = cursor.at();
        long number = cursor.take('[') ? cursor.number() : -1;
        boolean slash = cursor.peek() == '/';
        boolean mark = number >= 0 && (cursor.take('/') || cursor.take('\\'));
        if (!mark || cursor.number() < 0 || !cursor.take("] ")) {
            cursor.moveTo(start);
            return Part.WHOLE;
        }
        if (number > 1) {
            return Part.CONTINUED;
        }
        return slash ? Part.CUT : Part.WHOLE;
    }

    /** Skips a stamp such as {@code 2026-11-21 08:32:23.372 +0000 }, with or without milliseconds and zone. */
    private static void skipStamp(Cursor cursor) {
        if (!fits(cursor.text(), cursor.at(), "dddd-dd-dd dd:dd:dd")) {
            return;
        }
        cursor.moveTo(cursor.at() + 19);
        if (fits(cursor.text(), cursor.at(), ".ddd")) {
            cursor.moveTo(cursor.at() + 4);
        }
        if (fits(cursor.text(), cursor.at(), " +dddd") || fits(cursor.text(), cursor.at(), " -dddd")) {
            cursor.moveTo(cursor.at() + 6);
        }
        cursor.take(' ');
    }

    private static void skipPid(Cursor cursor) {
        int start = cursor.at();
        boolean pid = cursor.take('[') && cursor.number() >= 0 && cursor.take("] ");
        if (!pid) {
            cursor.moveTo(start);
        }
    }

    private static String messageId(Cursor cursor) {
        int at = cursor.at();
        int end = 0;
        if (fits(cursor.text(), at, "wwwwww-wwwwww-ww ")) {
            end = at + 16;
        } else if (fits(cursor.text(), at, "wwwwww-wwwwwwwwwww-wwww ")) {
            end = at + 23;
        } else {
            return "";
        }
        cursor.moveTo(end + 1);
        return cursor.text().substring(at, end);
    }

    /** Whether the text has this shape there: d is a digit, w a letter or digit, all else itself. */
    private static boolean fits(String text, int at, String shape) {
        if (text.length() < at + shape.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            char want = shape.charAt(i);
            char is = text.charAt(at + i);
            boolean fit = want == 'd' ? isDigit(is) : want == 'w' ? isDigit(is) || isLetter(is) : want == is;
            if (!fit) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
