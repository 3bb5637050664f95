package postwarden.parse.exim;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Status;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;

/**
 * Exim's delivery lines: {@code => recipient <original> F=<sender> R=router T=transport H=host [address]:port C="reply"
 * QT=… DT=…}, and with {@code **} or {@code == … defer (n)} why it failed, behind {@code : }.
 */
final class EximDelivery {
    private EximDelivery() {}

    /** Reads what stands behind the flag. */
    static boolean read(Cursor cursor, Event.Builder event, Status flagged) {
        String recipient = recipient(cursor, event);
        event.kind(Kind.DELIVERY).put(Field.STATUS, isDiscarded(recipient) ? Status.DISCARDED : flagged);
        String why = fields(cursor, event);
        if (!why.isEmpty()) {
            EximTrouble.describe(why, event);
        }
        return true;
    }

    private static boolean isDiscarded(String address) {
        return address.equals(":blackhole:") || address.equals("blackhole");
    }

    /** Reads the recipient; where Exim gives the local part only, the whole address stands behind it. */
    private static String recipient(Cursor cursor, Event.Builder event) {
        String address = target(cursor);
        if (cursor.sees(" (")) {
            cursor.upTo(')');
        }
        String original = "";
        if (cursor.take(" <")) {
            cursor.moveTo(cursor.at() - 1);
            original = EximText.address(cursor);
        }
        String recipient = address.indexOf('@') < 0 && !original.isEmpty() ? original : address;
        event.put(Field.RECIPIENT, recipient);
        if (!original.isEmpty() && !original.equals(recipient)) {
            event.put(Field.ORIGINAL_RECIPIENT, original);
        }
        return address;
    }

    /** An address, a file or a pipe. */
    private static String target(Cursor cursor) {
        if (cursor.peek() == '|' || cursor.peek() == '/') {
            int end = cursor.text().indexOf(" <", cursor.at());
            int from = cursor.at();
            cursor.moveTo(end < 0 ? from + cursor.word().length() : end);
            return cursor.text().substring(from, cursor.at());
        }
        return EximText.address(cursor);
    }

    /** Reads the fields up to the end or to why it failed, which is returned. */
    private static String fields(Cursor cursor, Event.Builder event) {
        while (!cursor.atEnd()) {
            if (cursor.take(": ") || cursor.take(" : ")) {
                return cursor.rest();
            }
            if (!cursor.take(' ')) {
                return "";
            }
            if (cursor.take("defer (")) {
                cursor.upTo(')');
                relayBehindError(cursor, event);
            } else {
                field(cursor, event);
            }
        }
        return "";
    }

    /** In {@code defer (110): Connection timed out H=host [address]: why} the system's words hold no colon. */
    private static void relayBehindError(Cursor cursor, Event.Builder event) {
        int start = cursor.at();
        int relay = cursor.text().indexOf(" H=", start);
        if (!cursor.take(": ") || relay < 0 || cursor.text().indexOf(':', cursor.at()) < relay) {
            cursor.moveTo(start);
            return;
        }
        cursor.moveTo(relay + 3);
        EximRelay host = EximRelay.read(cursor).orElse(null);
        if (host == null || !cursor.sees(": ")) {
            cursor.moveTo(start);
            return;
        }
        host.putInto(event);
    }

    private static void field(Cursor cursor, Event.Builder event) {
        if (cursor.take("R=")) {
            event.put(Field.ROUTER, word(cursor));
        } else if (cursor.take("T=")) {
            event.put(Field.TRANSPORT, word(cursor));
        } else if (cursor.take("F=")) {
            event.put(Field.SENDER, EximText.address(cursor));
        } else if (cursor.take("P=")) {
            EximText.address(cursor);
        } else if (cursor.take("H=")) {
            relay(cursor, event);
        } else if (cursor.take("X=")) {
            EximSessions.tls(word(cursor), event);
        } else if (cursor.take("S=")) {
            event.put(Field.SIZE, Math.max(0, cursor.number()));
        } else if (cursor.take("DN=")) {
            EximText.quoted(cursor);
        } else if (cursor.take("C=")) {
            Replies.STANDARD.describe(event, EximText.quoted(cursor));
        } else {
            time(cursor, event);
        }
    }

    private static void relay(Cursor cursor, Event.Builder event) {
        EximRelay.read(cursor)
                .ifPresentOrElse(host -> host.putInto(event), () -> event.put(Field.RELAY_HOST, word(cursor)));
    }

    private static void time(Cursor cursor, Event.Builder event) {
        if (cursor.take("QT=")) {
            event.put(Field.QUEUE_TIME, EximText.seconds(word(cursor)));
        } else if (cursor.take("DT=")) {
            event.put(Field.DELIVERY_TIME, EximText.seconds(word(cursor)));
        } else {
            word(cursor);
        }
    }

    /** A word without the colon that ends the fields. */
    private static String word(Cursor cursor) {
        String word = cursor.word();
        if (word.endsWith(":")) {
            cursor.moveTo(cursor.at() - 1);
            return word.substring(0, word.length() - 1);
        }
        return word;
    }
}
