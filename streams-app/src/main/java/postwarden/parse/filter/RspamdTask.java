package postwarden.parse.filter;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;

/**
 * What Rspamd decided, in its default {@code log_format} (3.12, {@code conf/logging.inc}):
 *
 * <pre>
 * id: &lt;mid&gt;, qid: &lt;qid&gt;, ip: 203.0.113.7, user: lena, from: &lt;a@b&gt;, (default: T (reject): [15.30/15.00] [SYM(1.00){…;}]),
 * len: 1234, time: 123.4ms, dns req: 9, digest: &lt;hex&gt;, rcpts: &lt;c@d,e@f&gt;, mime_rcpts: &lt;…&gt;, forced: …, settings_id: …
 * </pre>
 *
 * <p>The message id stands first and is a stranger's, but holds no blank (mime_headers.c). The address stands before the sender
 * and the symbols; these may hold anything, so what stands behind them counts only where its marks stand once.
 */
final class RspamdTask {
    private static final String VERDICT = " (default: ";
    private static final String LENGTH = "]), len: ";

    private RspamdTask() {}

    static boolean read(Cursor cursor, Event.Builder event, Replies replies) {
        if (!cursor.take("id: <")) {
            return Notes.text(Kind.OTHER).read(cursor, event);
        }
        String id = cursor.word();
        if (!id.endsWith(">,")) {
            return Notes.text(Kind.OTHER).read(cursor, event);
        }
        Rspamd.messageId(event, id.substring(0, id.length() - 2));
        client(cursor, event);
        String text = cursor.text();
        int verdict = text.indexOf(VERDICT, cursor.at());
        if (verdict < 0 || text.indexOf(VERDICT, verdict + 1) >= 0) {
            return Notes.text(Kind.OTHER).read(cursor, event);
        }
        origin(text.substring(cursor.at(), verdict), event);
        cursor.moveTo(verdict + VERDICT.length());
        decided(cursor, event, replies);
        behindSymbols(cursor, event);
        return true;
    }

    private static void client(Cursor cursor, Event.Builder event) {
        if (cursor.take(" qid: <")) {
            Notes.queueId(event, cursor.upTo('>'));
            cursor.take(',');
        }
        if (cursor.take(" ip: ")) {
            Notes.client(event, cursor.upTo(','));
        }
    }

    /** {@code  user: lena, from: <a@b>,}; both may be left out. */
    private static void origin(String text, Event.Builder event) {
        Frame frame = Frame.of(text, 0, " user: ", " from: <");
        boolean atStart = text.startsWith(" user: ") || text.startsWith(" from: <");
        if (!frame.certain() || !atStart) {
            return;
        }
        String user = frame.value(0);
        if (user.endsWith(",")) {
            event.put(Field.ACCOUNT, user.substring(0, user.length() - 1));
        }
        String from = frame.value(1);
        if (from.endsWith(">,")) {
            event.put(Field.SENDER, from.substring(0, from.length() - 2));
        }
    }

    /** {@code T (reject): [15.30/15.00] [}. */
    private static void decided(Cursor cursor, Event.Builder event, Replies replies) {
        cursor.upTo(" (");
        String action = cursor.upTo("): [");
        double score = cursor.decimal();
        if (!Double.isNaN(score)) {
            event.put(Field.SCORE, score);
        }
        String forced = forced(cursor.text());
        switch (action) {
            case "reject", "add header", "rewrite subject", "quarantine", "discard" -> found(forced, event);
            case "greylist" -> Notes.verdict(event, Kind.GREYLIST, Reason.GREYLISTED);
            case "soft reject" -> delayed(forced, event, replies);
            default -> Notes.passed(event, action);
        }
    }

    private static void found(String forced, Event.Builder event) {
        boolean virus = forced.contains("virus found: \"");
        Notes.verdict(event, virus ? Kind.VIRUS : Kind.SPAM, virus ? Reason.VIRUS : Reason.SPAM);
        if (virus) {
            Cursor cursor = new Cursor(forced);
            cursor.upTo("virus found: \"");
            event.put(Field.SIGNATURE, cursor.upTo('"'));
        }
    }

    /** By greylisting, a rate limit or another module, which the forced action names. */
    private static void delayed(String forced, Event.Builder event, Replies replies) {
        Reason reason = Reason.UNKNOWN;
        if (forced.endsWith("(set by greylist)")) {
            reason = Reason.GREYLISTED;
        } else if (forced.endsWith("(set by ratelimit)")) {
            reason = Reason.RATE_LIMITED;
        } else if (!forced.isEmpty()) {
            reason = replies.reason(-1, "", forced);
        }
        Notes.verdict(event, reason == Reason.GREYLISTED ? Kind.GREYLIST : Kind.POLICY, reason);
    }

    /** {@code soft reject "Try again later"; score=nan (set by greylist)}, which ends the line but for the settings' name. */
    private static String forced(String text) {
        int settings = text.lastIndexOf(", settings_id: ");
        String head = settings < 0 || text.indexOf('>', settings) >= 0 ? text : text.substring(0, settings);
        int at = head.lastIndexOf(", forced: ");
        return at < 0 || !head.endsWith(")") ? "" : head.substring(at + ", forced: ".length());
    }

    private static void behindSymbols(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int length = text.indexOf(LENGTH, cursor.at());
        if (length < 0 || text.indexOf(LENGTH, length + 1) >= 0) {
            return;
        }
        cursor.moveTo(length + LENGTH.length());
        long size = cursor.number();
        if (size >= 0) {
            event.put(Field.SIZE, size);
        }
        if (cursor.take(", time: ") && cursor.ahead(", digest: <")) {
            cursor.upTo(", digest: <");
            cursor.upTo('>');
            recipients(cursor, event);
        }
    }

    private static void recipients(Cursor cursor, Event.Builder event) {
        if (!cursor.take(", rcpts: <")) {
            return;
        }
        String list = cursor.upTo('>');
        if (list.indexOf('"') >= 0 || list.endsWith("...")) {
            return;
        }
        long count = 1 + list.chars().filter(c -> c == ',').count();
        event.put(Field.RECIPIENT_COUNT, count);
        if (count == 1) {
            event.put(Field.RECIPIENT, list);
        }
    }
}
