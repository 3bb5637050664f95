package postwarden.parse.exim;

import java.util.List;
import java.util.stream.Stream;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Exim 4: main, reject and panic log, in Exim's own files (where the header reader has taken the stamp) and through
 * syslog (where the message may begin with the stamp once more).
 *
 * <p>Line formats: Exim specification, chapter 52 "Log files"; texts as seen from 4.96 and in the sources of 4.9x.
 */
public final class EximParser implements DaemonParser {
    private static final RuleList MESSAGES = new RuleList(EximMessages.RULES);
    private static final RuleList SESSIONS =
            new RuleList(Stream.of(EximSessions.RULES, EximRefusals.RULES, EximAbuse.RULES, EximDaemon.RULES)
                    .flatMap(List::stream)
                    .toList());

    @Override
    public boolean owns(String program) {
        return program.equals("exim") || program.equals("exim4");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.EXIM);
        Cursor cursor = new Cursor(event.line().message());
        skipStamp(cursor);
        skipPid(cursor);
        String id = messageId(cursor);
        boolean known;
        if (id.isEmpty()) {
            known = SESSIONS.read(cursor, event);
        } else {
            event.put(Field.QUEUE_ID, id);
            known = MESSAGES.read(cursor, event) || SESSIONS.read(cursor, event);
        }
        if (!known) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        return Stream.of(MESSAGES, SESSIONS)
                .flatMap(list -> list.rules().stream())
                .toList();
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

    /** A message id of 16 characters (6-6-2) or, since 4.97, 23 (6-11-4), and the space behind it; else empty. */
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
