package postwarden.parse.opensmtpd;

import java.util.List;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Status;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;

/**
 * Deliveries (OpenSMTPD 7.9, mta.c, mda.c): {@code mta delivery evpid=… from=<a> to=<b> rcpt=<c> source="…" relay="192.0.2.1
 * (mx.example.org)" delay=1s result="Ok" stat="250 …"}. The other side's words end the line.
 */
final class OpensmtpdDelivery {
    private final Replies replies;

    OpensmtpdDelivery(Replies replies) {
        this.replies = replies;
    }

    List<Rule> rules() {
        return List.of(
                new Rule("opensmtpd/relayed", "mta delivery evpid=", this::remote),
                new Rule("opensmtpd/relayed-event", "mta event=delivery evpid=", this::remote),
                new Rule("opensmtpd/delivered", "mda delivery evpid=", this::local),
                new Rule("opensmtpd/delivered-event", "mda event=delivery evpid=", this::local),
                new Rule("opensmtpd/out-error", "mta error reason=", this::trouble),
                new Rule("opensmtpd/out-error-event", "mta event=error reason=", this::trouble),
                new Rule("opensmtpd/out-tls", "mta tls ", OpensmtpdSessions::tls),
                Remarks.beginning("opensmtpd/out-note", Kind.OTHER, "mta ", "mda "));
    }

    private boolean remote(Cursor cursor, Event.Builder event) {
        return attempt("smtp", cursor, event);
    }

    private boolean local(Cursor cursor, Event.Builder event) {
        return attempt("local", cursor, event);
    }

    private boolean attempt(String transport, Cursor cursor, Event.Builder event) {
        event.kind(Kind.DELIVERY).put(Field.QUEUE_ID, cursor.word()).put(Field.TRANSPORT, transport);
        if (!addresses(cursor, event)) {
            return true;
        }
        while (cursor.peek() == ' ' && !cursor.sees(" result=")) {
            cursor.take(' ');
            part(cursor, event);
        }
        if (!cursor.take(" result=")) {
            return false;
        }
        String result = value(cursor);
        cursor.take(" stat=");
        String said = cursor.rest();
        boolean quoted = said.length() > 1 && said.startsWith("\"") && said.endsWith("\"");
        outcome(result, quoted ? said.substring(1, said.length() - 1) : said, event);
        return true;
    }

    /** Puts the addresses; where they are not certain, nothing of the line may be believed, and false is told. */
    static boolean addresses(Cursor cursor, Event.Builder event) {
        Optional<Addressees> addressees = Addressees.read(cursor);
        if (addressees.isEmpty()) {
            event.put(Field.AMBIGUOUS, true);
            return false;
        }
        addressees.get().put(event);
        return true;
    }

    static void part(Cursor cursor, Event.Builder event) {
        String name = cursor.upTo('=');
        String value = value(cursor);
        if (name.equals("relay")) {
            relay(value, event);
        } else if (name.equals("delay")) {
            double seconds = seconds(value);
            if (seconds >= 0) {
                event.put(Field.DELAY, seconds);
            }
        }
    }

    /** A value in quotes, or a word. */
    private static String value(Cursor cursor) {
        return cursor.take('"') ? cursor.upTo('"') : cursor.word();
    }

    /** {@code 192.0.2.1 (mx.example.org)}. */
    static void relay(String text, Event.Builder event) {
        Cursor cursor = new Cursor(text);
        String address = cursor.word();
        boolean framed = address.startsWith("[") && address.endsWith("]");
        String ip = Addresses.canonical(framed ? address.substring(1, address.length() - 1) : address);
        if (!ip.isEmpty()) {
            event.put(Field.RELAY_IP, ip);
        } else if (cursor.atEnd() && !address.isEmpty() && !address.equals("-")) {
            event.put(Field.RELAY_HOST, address);
        }
        String host = cursor.take(" (") ? cursor.upTo(')') : "";
        if (!host.isEmpty() && Addresses.canonical(host).isEmpty()) {
            event.put(Field.RELAY_HOST, host);
        }
    }

    /** {@code 1d2h3m4s}, each part optional (to.c, duration_to_text). */
    static double seconds(String text) {
        Cursor cursor = new Cursor(text);
        double total = 0;
        while (!cursor.atEnd()) {
            long number = cursor.number();
            double unit = switch (cursor.peek()) {
                case 's' -> 1;
                case 'm' -> 60;
                case 'h' -> 3600;
                case 'd' -> 86400;
                default -> -1;
            };
            if (number < 0 || unit < 0) {
                return -1;
            }
            total += number * unit;
            cursor.moveTo(cursor.at() + 1);
        }
        return total;
    }

    void outcome(String result, String said, Event.Builder event) {
        if (result.equals("Remove")) {
            event.kind(Kind.REMOVED).put(Field.TEXT, said);
            return;
        }
        Status status = switch (result) {
            case "Ok" -> Status.SENT;
            case "TempFail" -> Status.DEFERRED;
            case "Expire" -> Status.EXPIRED;
            default -> Status.BOUNCED;
        };
        event.put(Field.STATUS, status);
        if (status == Status.SENT) {
            event.put(Field.REPLY_TEXT, said);
            if (Replies.code(said) > 0) {
                replies.describe(event, said);
            }
            return;
        }
        explain(said, event);
    }

    private void explain(String said, Event.Builder event) {
        replies.describe(event, said);
        if (Replies.code(said) > 0) {
            event.put(Field.ORIGIN, Origin.REMOTE);
        }
    }

    private boolean trouble(Cursor cursor, Event.Builder event) {
        event.kind(Kind.DELIVERY_TROUBLE);
        explain(cursor.rest(), event);
        return true;
    }
}
