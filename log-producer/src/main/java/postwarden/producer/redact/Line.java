package postwarden.producer.redact;

import java.util.List;

/** The bytes that are searched, and what is known about them; used again for each line, so that searching makes no objects. */
final class Line {
    /** Who wrote a line, as far as its head says. */
    enum Writer {
        /** Dovecot's authentication, delivery and other processes; their lines hold passwords when they are told to. */
        DOVECOT,
        /** Dovecot's login processes: they log no password, but names that strangers chose. */
        DOVECOT_LOGIN,
        /** A mail server, whose lines hold addresses and greetings that strangers chose. */
        MAIL_SERVER,
        /** Anything else. */
        OTHER
    }

    private static final List<String> LOGINS =
            List.of("\"imap-login: ", "\"pop3-login: ", "\"submission-login: ", "\"managesieve-login: ");
    /** Ours; Dovecot's, proftpd's, vsftpd's, Courier's, Pure-FTPd's and OpenSMTPD's (smtp_session.c, 6.x and 7.x). */
    private static final List<String> HIDDEN =
            List.of(Redaction.CUT, "<hidden>", "(hidden)", "<password>", "<null>", "<*>", "(password)", "(...)");

    private static final int UNKNOWN = -2;
    /** Where Dovecot's level stands: behind a header and a prefix with a user's name. */
    private static final int LEVEL_BEFORE = 1024;

    private static final String DIFFERENCE = ") != '";
    /** A hash with its salt, and the advice behind it, are shorter; argon2 is the longest with some 100 bytes. */
    private static final int LONGEST_HASH = 1024;
    /** No syslog header with its tag is longer. */
    private static final int LONGEST_HEAD = 256;

    private byte[] bytes = {};
    private int from;
    private int to;
    private boolean json;
    private boolean writerKnown;
    private Writer writer = Writer.OTHER;
    private int stringFrom;
    private int stringTo;

    private int debug;
    private int differenceEnd;
    private int difference;
    private boolean goesOn;
    private boolean whole;

    private int replacedFrom;
    private int secretFrom;
    private int secretTo;

    /** Begins with other bytes. */
    void of(byte[] other, int start, int end, boolean lineStart, boolean lineEnd) {
        bytes = other;
        from = start;
        to = end;
        json = lineStart && start < end && other[start] == '{';
        writerKnown = !lineStart;
        writer = Writer.OTHER;
        stringFrom = 0;
        stringTo = -1;
        debug = UNKNOWN;
        differenceEnd = UNKNOWN;
        goesOn = !lineEnd;
        whole = lineStart && lineEnd;
    }

    byte at(int index) {
        return bytes[index];
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Notes where a secret stands; an empty one, and one that was cut before, is none. */
    boolean secret(int start, int end) {
        return secret(start, start, end);
    }

    /** The same, where words in front of the secret are replaced with it. */
    boolean secret(int replaced, int start, int end) {
        replacedFrom = replaced;
        secretFrom = start;
        secretTo = end;
        return start < end && !isCut(start, end);
    }

    int replacedFrom() {
        return replacedFrom;
    }

    int secretFrom() {
        return secretFrom;
    }

    int secretTo() {
        return secretTo;
    }

    /** The end of the text that goes on at an index: of the line, or in a JSON object of the string. */
    int end(int at) {
        if (!json) {
            return to;
        }
        if (at < stringFrom || at > stringTo) {
            stringFrom = at;
            stringTo = at;
            while (stringTo < to && bytes[stringTo] != '"') {
                stringTo += bytes[stringTo] == '\\' ? 2 : 1;
            }
            stringTo = Math.min(stringTo, to);
        }
        return stringTo;
    }

    /** Whether Dovecot's lowest level stands in front of a place; looked for once a line. */
    boolean isDebugging(int place) {
        if (debug == UNKNOWN) {
            debug = find("Debug: ", from, Math.min(to, from + LEVEL_BEFORE));
        }
        return debug >= 0 && debug < place;
    }

    /** Where a text that ends there says last that a password differs from a hash; looked for once a text, near its end. */
    int lastDifference(int end) {
        if (differenceEnd != end) {
            differenceEnd = end;
            difference = -1;
            int at = find(DIFFERENCE, Math.max(from, end - LONGEST_HASH), end);
            while (at >= 0) {
                difference = at;
                at = find(DIFFERENCE, at + 1, end);
            }
        }
        return difference;
    }

    /** Whether these bytes are a line from its beginning to its end. */
    boolean isWhole() {
        return whole;
    }

    /** Whether what ends there goes on in the line's next fragment. */
    boolean goesOn(int end) {
        return goesOn && end == to;
    }

    /** Index of a byte in a range; its end when it is not there. */
    int find(char wanted, int start, int end) {
        int at = start;
        while (at < end && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** Index of the last such byte in a range, or -1. */
    int findLast(char wanted, int start, int end) {
        for (int at = end - 1; at >= start; at--) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    /** Index of a word in a range, or -1. */
    int find(String word, int start, int end) {
        for (int at = start; at + word.length() <= end; at++) {
            if (is(word, at, end)) {
                return at;
            }
        }
        return -1;
    }

    /** Whether a word stands at an index. */
    boolean is(String word, int at, int end) {
        if (at < from || at + word.length() > end) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    Writer writer() {
        if (!writerKnown) {
            writerKnown = true;
            writer = json ? jsonWriter() : readWriter();
        }
        return writer;
    }

    /** A stranger's words stand behind the second colon, or in brackets. */
    private Writer readWriter() {
        int end = Math.min(to, from + LONGEST_HEAD);
        int first = colon(from, end);
        int second = colon(Math.min(first + 2, end), end);
        int names = find('(', from, first);
        if (has("postfix", names) || has("exim", names) || has("sendmail", names) || has("sm-mta", names)) {
            return Writer.MAIL_SERVER;
        }
        boolean login = find("-login", from, names) >= 0
                || (has("dovecot", names) && find("-login", first, find('(', first, second)) >= 0);
        if (login) {
            return Writer.DOVECOT_LOGIN;
        }
        return has("dovecot", names) || has("auth", names) ? Writer.DOVECOT : Writer.OTHER;
    }

    /** The tag may stand in front of the message or behind it. A stranger's quote has a backslash in front of it. */
    private Writer jsonWriter() {
        if (hasValue("\"postfix") || hasValue("\"exim") || hasValue("\"sendmail") || hasValue("\"sm-mta")) {
            return Writer.MAIL_SERVER;
        }
        for (String login : LOGINS) {
            if (hasValue(login)) {
                return Writer.DOVECOT_LOGIN;
            }
        }
        return hasValue("\"dovecot") ? Writer.DOVECOT : Writer.OTHER;
    }

    private boolean hasValue(String start) {
        int at = find(start, from, to);
        while (at > from && bytes[at - 1] == '\\') {
            at = find(start, at + 1, to);
        }
        return at >= 0;
    }

    private boolean has(String word, int end) {
        return find(word, from, end) >= 0;
    }

    private int colon(int start, int end) {
        int at = find(": ", start, end);
        return at < 0 ? end : at;
    }

    /** What this program, or the daemon itself, has written in a secret's place. */
    private boolean isCut(int start, int end) {
        for (String hidden : HIDDEN) {
            if (hidden.length() == end - start && is(hidden, start, end)) {
                return true;
            }
        }
        return false;
    }
}
