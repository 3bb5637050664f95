package postwarden.parse.postfix;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;

/** How a session of smtpd went: its command counts, and the message it brought. */
final class PostfixSession {
    /** Texts of small equal counts, which are most. */
    private static final String[] ALL_DONE = new String[32];

    static {
        for (int count = 0; count < ALL_DONE.length; count++) {
            ALL_DONE[count] = count + "/" + count;
        }
    }

    private PostfixSession() {}

    /** {@code disconnect from host[ip] ehlo=1 auth=0/1 … commands=2/3}; a count without a slash was done as often as tried. */
    static boolean disconnect(Cursor cursor, Event.Builder event) {
        event.kind(Kind.DISCONNECT);
        Peer client = Peer.read(cursor);
        while (cursor.take(' ')) {
            String name = cursor.upTo('=');
            long done = cursor.number();
            long tried = cursor.take('/') ? cursor.number() : done;
            if (done < 0 || tried < 0 || name.indexOf(' ') >= 0) {
                client = Peer.UNCERTAIN;
            } else if (counter(name) != Field.TEXT) {
                event.put(counter(name), counts(done, tried));
            }
        }
        (cursor.atEnd() ? client : Peer.UNCERTAIN).asClient(event);
        return true;
    }

    /** {@code client=host[ip], sasl_method=PLAIN, sasl_username=who, sasl_sender=address}. */
    static boolean received(Cursor cursor, Event.Builder event) {
        event.kind(Kind.RECEIVED);
        if (!Peer.read(cursor).asClient(event).certain()) {
            return true;
        }
        if (cursor.take(", sasl_method=")) {
            event.put(Field.AUTH_MECHANISM, cursor.upTo(", "));
            if (cursor.take("sasl_username=")) {
                event.put(Field.ACCOUNT, account(cursor.rest()));
            }
        } else if (cursor.take(", orig_queue_id=")) {
            event.put(Field.ORIGINAL_QUEUE_ID, cursor.upTo(", "));
        }
        return true;
    }

    /** A user name ends where Postfix's next field begins. */
    private static String account(String rest) {
        int end = rest.length();
        for (String next : new String[] {", sasl_sender=", ", orig_queue_id=", ", orig_client="}) {
            int found = rest.indexOf(next);
            end = found >= 0 ? Math.min(end, found) : end;
        }
        return rest.substring(0, end);
    }

    private static Field counter(String name) {
        return switch (name) {
            case "ehlo", "helo" -> Field.EHLO;
            case "auth" -> Field.AUTH;
            case "mail" -> Field.MAIL;
            case "rcpt" -> Field.RCPT;
            case "data", "bdat" -> Field.DATA;
            case "quit" -> Field.QUIT;
            case "commands" -> Field.COMMANDS;
            default -> Field.TEXT;
        };
    }

    private static String counts(long done, long tried) {
        return done == tried && done < ALL_DONE.length ? ALL_DONE[(int) done] : done + "/" + tried;
    }
}
