package postwarden.parse.exim;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Status;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;

/**
 * Exim's delivery lines: {@code => recipient F=<sender> Q=queue P=<return path> R=router T=transport S=size H=host
 * [address]:port X=… C="reply" QT=… DT=…}, and with {@code **} or {@code == … defer (n)} why it failed, behind {@code : }
 * (delivery_log, deferral_log and failure_log in deliver.c, 4.94 to 4.100).
 */
final class EximDelivery {
    private final Replies replies;
    private final EximTrouble trouble;

    EximDelivery(Replies replies) {
        this.replies = replies;
        trouble = new EximTrouble(replies);
    }

    /** Reads what stands behind the flag. */
    boolean read(Cursor cursor, Event.Builder event, Status flagged) {
        event.kind(Kind.DELIVERY).put(Field.STATUS, flagged);
        if (forAll(cursor, event)) {
            return true;
        }
        EximTarget target = EximTarget.read(cursor);
        if (target.discarded()) {
            event.put(Field.STATUS, Status.DISCARDED);
        }
        if (!target.certain()) {
            event.put(Field.AMBIGUOUS, true);
            return true;
        }
        target.putInto(event);
        Fields fields = new Fields(cursor, event);
        String why = fields.read();
        if (flagged == Status.BOUNCED) {
            why = withoutTime(why, event);
        }
        if (!why.isEmpty()) {
            trouble.describe(why, fields.router, event);
        }
        return true;
    }

    /** {@code => discarded (system filter)}, {@code => blackhole (DATA ACL discarded recipients)}, {@code ** mua_wrapper is set …}. */
    private static boolean forAll(Cursor cursor, Event.Builder event) {
        if (cursor.sees("discarded (") || cursor.sees("blackhole (")) {
            event.put(Field.STATUS, Status.DISCARDED).put(Field.TEXT, cursor.rest());
            return true;
        }
        if (cursor.sees("mua_wrapper is set")) {
            event.put(Field.TEXT, cursor.rest());
            return true;
        }
        return false;
    }

    /** Behind the reason of a failure, and only there, the time that the delivery took may end the line. */
    private static String withoutTime(String why, Event.Builder event) {
        int time = why.lastIndexOf(" DT=");
        double seconds = time < 0 ? -1 : EximText.seconds(why.substring(time + " DT=".length()));
        if (seconds < 0) {
            return why;
        }
        event.put(Field.DELIVERY_TIME, seconds);
        return why.substring(0, time);
    }

    /** Reads what stands behind the recipient. */
    private final class Fields {
        private final Cursor cursor;
        private final Event.Builder event;
        private String router = "";
        private String error = "";

        Fields(Cursor cursor, Event.Builder event) {
            this.cursor = cursor;
            this.event = event;
        }

        /** Reads the fields up to the end or to why it failed, which is returned. */
        String read() {
            while (!cursor.atEnd()) {
                if (cursor.take(": ") || cursor.take(" : ")) {
                    return cursor.rest();
                }
                if (!cursor.take(' ')) {
                    return error;
                }
                if (cursor.take("defer (")) {
                    error();
                } else if (cursor.peek() == '(') {
                    error = cursor.rest();
                } else {
                    field();
                }
            }
            return error;
        }

        /** {@code defer (110): Connection timed out H=host [address]: why}: the system's words hold no colon. */
        private void error() {
            String inside = cursor.upTo(')');
            if (!cursor.sees(": ")) {
                // Since 4.100 the error has a name instead of a number.
                boolean number = inside.startsWith("-") || (!inside.isEmpty() && inside.charAt(0) <= '9');
                error = number ? "" : inside;
                return;
            }
            int from = cursor.at() + 2;
            int colon = cursor.text().indexOf(": ", from);
            int host = cursor.text().indexOf(" H=", from);
            int time = cursor.text().indexOf(" DT=", from);
            int end = earliest(earliest(host, time), colon);
            if (end >= 0 && end != colon) {
                error = cursor.text().substring(from, end);
                cursor.moveTo(end);
            }
        }

        private int earliest(int one, int other) {
            return one < 0 ? other : other < 0 ? one : Math.min(one, other);
        }

        private void field() {
            if (cursor.take("R=")) {
                router = EximText.word(cursor);
                event.put(Field.ROUTER, router);
            } else if (cursor.take("T=")) {
                event.put(Field.TRANSPORT, EximText.word(cursor));
            } else if (cursor.take("F=")) {
                EximText.address(cursor, event, Field.SENDER);
            } else if (cursor.take("P=")) {
                EximText.address(cursor);
            } else if (cursor.take("H=")) {
                relay();
            } else {
                detail();
            }
        }

        private void detail() {
            if (cursor.take("X=")) {
                EximTls.put(EximText.word(cursor), event);
            } else if (cursor.take("S=")) {
                EximText.count(cursor, event, Field.SIZE);
                EximText.word(cursor);
            } else if (cursor.take("DN=")) {
                EximText.quoted(cursor);
            } else if (cursor.take("C=")) {
                confirmation(EximText.quoted(cursor));
            } else if (cursor.take("QT=")) {
                EximText.seconds(cursor, event, Field.QUEUE_TIME);
            } else if (cursor.take("DT=")) {
                EximText.seconds(cursor, event, Field.DELIVERY_TIME);
            } else {
                EximText.word(cursor);
            }
        }

        /** What the other side said; Exim puts words of its own there too, such as {@code delivery bypassed by -N option}. */
        private void confirmation(String text) {
            if (Replies.code(text) > 0) {
                replies.describe(event, text);
            } else {
                event.put(Field.REPLY_TEXT, text);
            }
        }

        private void relay() {
            EximRelay.read(cursor)
                    .ifPresentOrElse(
                            host -> host.putInto(event), () -> event.put(Field.RELAY_HOST, EximText.word(cursor)));
        }
    }
}
