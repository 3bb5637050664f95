package postwarden.parse.exim;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.event.Status;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;

/**
 * What filters behind Exim found: the list, the malware or the score in a refusal's words (Exim's example configuration,
 * cPanel's access control lists), and the lines of SA-Exim 4.
 */
final class EximSpam {
    private static final List<String> LISTS = List.of(
            " black list at ",
            " blacklist at ",
            " block list at ",
            " listed at ",
            " found in dnsbl ",
            " an RBL on ",
            " listed in ");

    private static final List<String> SCORES = List.of("score=", "hits=", "scored ", "score of ");

    private static final List<String> SIGNATURES = List.of("virus (", "malware (", "infected with ");

    private EximSpam() {}

    /** Puts what the words say beside their reason. */
    static void details(String why, Reason reason, Event.Builder event) {
        Cursor cursor = new Cursor(why);
        if (reason == Reason.BLOCKLISTED && takeAny(cursor, LISTS)) {
            String list = list(cursor);
            if (list.indexOf('.') > 0) {
                event.put(Field.LIST, list);
            }
        } else if (reason == Reason.SPAM && takeAny(cursor, SCORES)) {
            score(cursor, event);
        } else if (reason == Reason.VIRUS && takeAny(cursor, SIGNATURES)) {
            String signature = cursor.upTo(')');
            if (!signature.isEmpty() && signature.indexOf(' ') < 0) {
                event.put(Field.SIGNATURE, signature);
            }
        }
    }

    /** {@code "SpamAssassin as user detected message as NOT spam (-0.1)"}. */
    static boolean spamAssassin(Cursor cursor, Event.Builder event) {
        int start = cursor.at();
        cursor.take('"');
        if (!cursor.take("SpamAssassin as ")) {
            return false;
        }
        cursor.word();
        if (!cursor.take(" detected ")) {
            return false;
        }
        cursor.take("OUTGOING ");
        if (!cursor.take("message as ") && !cursor.take("OUTGOING smtp message as ")) {
            return false;
        }
        boolean clean = cursor.take("NOT ");
        if (cursor.take("spam (")) {
            score(cursor, event);
        }
        event.kind(clean ? Kind.OTHER : Kind.SPAM)
                .put(Field.STAGE, Stage.END_OF_DATA)
                .put(Field.TEXT, cursor.text().substring(start));
        if (!clean) {
            event.put(Field.REASON, Reason.SPAM);
        }
        return true;
    }

    /**
     * SA-Exim: {@code SA: Action: silently tossed message: score=31.0 required=5.0 … From <sender> (host=name [address])
     * for recipient}. Message id and sender stand before the client and may hold the same mark: then nobody is named.
     */
    static boolean saExim(Cursor cursor, Event.Builder event) {
        String action = cursor.upTo(": ");
        if (cursor.atEnd()) {
            return false;
        }
        boolean spam = !action.startsWith("scanned") && !action.startsWith("not running");
        event.kind(spam ? Kind.SPAM : Kind.OTHER).put(Field.TEXT, action);
        if (spam) {
            event.put(Field.REASON, Reason.SPAM)
                    .put(Field.STAGE, Stage.END_OF_DATA)
                    .put(Field.ORIGIN, Origin.LOCAL);
        }
        if (action.startsWith("silently tossed")) {
            event.put(Field.STATUS, Status.DISCARDED);
        }
        if (cursor.take("score=")) {
            score(cursor, event);
        }
        saEximClient(cursor, event);
        return true;
    }

    private static void saEximClient(Cursor cursor, Event.Builder event) {
        int mark = cursor.text().indexOf(" (host=", cursor.at());
        if (mark < 0) {
            return;
        }
        if (cursor.text().indexOf(" (host=", mark + 1) >= 0) {
            event.put(Field.AMBIGUOUS, true);
            return;
        }
        cursor.moveTo(mark + " (host=".length());
        cursor.word();
        String ip = cursor.take(" [") ? Addresses.canonical(cursor.upTo(']')) : "";
        if (!ip.isEmpty() && cursor.take(") for ")) {
            event.put(Field.CLIENT_IP, ip);
        }
    }

    private static void score(Cursor cursor, Event.Builder event) {
        double score = cursor.decimal();
        if (!Double.isNaN(score)) {
            event.put(Field.SCORE, score);
        }
    }

    private static boolean takeAny(Cursor cursor, List<String> marks) {
        for (String mark : marks) {
            int at = cursor.text().indexOf(mark);
            if (at >= 0) {
                cursor.moveTo(at + mark.length());
                return true;
            }
        }
        return false;
    }

    /** A domain name, which Exim's {@code \n} or a colon may end. */
    private static String list(Cursor cursor) {
        int from = cursor.at();
        int at = from;
        String text = cursor.text();
        while (at < text.length() && isName(text.charAt(at))) {
            at++;
        }
        int end = at > from && text.charAt(at - 1) == '.' ? at - 1 : at;
        return text.substring(from, end);
    }

    private static boolean isName(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_';
    }
}
