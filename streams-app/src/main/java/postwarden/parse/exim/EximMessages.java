package postwarden.parse.exim;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.event.Status;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Exim's lines that begin with a message id: arrival, deliveries, and what else becomes of the message (receive.c,
 * deliver.c, queue.c, smtp.c, 4.94 to 4.100).
 */
final class EximMessages {
    private final Replies replies;
    private final EximTrouble trouble;
    private final EximDelivery deliveries;

    EximMessages(Replies replies) {
        this.replies = replies;
        trouble = new EximTrouble(replies);
        deliveries = new EximDelivery(replies);
    }

    List<Rule> rules() {
        return List.of(
                new Rule("exim/arrival", "<= ", EximArrival::read),
                new Rule("exim/arrival-fakereject", "(= ", EximArrival::read),
                new Rule("exim/delivered", "=> ", delivery(Status.SENT)),
                new Rule("exim/delivered-also", "-> ", delivery(Status.SENT)),
                new Rule("exim/delivered-cutthrough", ">> ", delivery(Status.SENT)),
                new Rule("exim/delivery-suppressed", "*> ", delivery(Status.DISCARDED)),
                new Rule("exim/failed", "** ", delivery(Status.BOUNCED)),
                new Rule("exim/deferred", "== ", delivery(Status.DEFERRED)),
                new Rule("exim/completed", "Completed", EximMessages::completed),
                new Rule("exim/frozen", "Message is frozen", EximMessages::held),
                new Rule("exim/frozen-by", "frozen by ", EximMessages::held),
                new Rule("exim/frozen-now", "Frozen", EximMessages::held),
                new Rule("exim/unfrozen", "Unfrozen by ", EximMessages::other),
                new Rule("exim/unfrozen-by", "unfrozen by ", EximMessages::other),
                new Rule("exim/removed", "removed by ", EximMessages::removed),
                new Rule("exim/removed-old", "Message removed because older than ", EximMessages::tooOld),
                new Rule("exim/cancelled", "cancelled by ", EximMessages::removed),
                new Rule("exim/spool-locked", "Spool file ", EximMessages::spoolLocked),
                new Rule("exim/never-user", "User ", EximMessages::neverUser),
                new Rule("exim/attempt-failed", "H=", this::attemptFailed),
                new Rule("exim/tls-not-used", "TLS session", EximMessages::tlsSession),
                new Rule("exim/dkim", "DKIM: ", EximMessages::other),
                new Rule("exim/error-ignored", "", EximMessages::errorIgnored),
                new Rule("exim/login-refused", "", this::loginRefused),
                new Rule("exim/attempt-failed-old", "", this::attemptFailed),
                new Rule("exim/attempt-answered", "", this::attemptAnswered));
    }

    private Rule.Reading delivery(Status status) {
        return (cursor, event) -> deliveries.read(cursor, event, status);
    }

    private static boolean completed(Cursor cursor, Event.Builder event) {
        event.kind(Kind.REMOVED);
        if (cursor.take(" QT=")) {
            EximText.seconds(cursor, event, Field.QUEUE_TIME);
        }
        return cursor.atEnd();
    }

    private static boolean held(Cursor cursor, Event.Builder event) {
        event.kind(Kind.HELD);
        return true;
    }

    private static boolean removed(Cursor cursor, Event.Builder event) {
        event.kind(Kind.REMOVED).put(Field.TEXT, "removed by " + cursor.rest());
        return true;
    }

    private static boolean tooOld(Cursor cursor, Event.Builder event) {
        event.kind(Kind.REMOVED).put(Field.TEXT, "removed because older than " + cursor.rest());
        return true;
    }

    private static boolean other(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.rest());
        return true;
    }

    private static boolean spoolLocked(Cursor cursor, Event.Builder event) {
        if (!cursor.ahead("is locked (another process is handling this message)")) {
            return false;
        }
        event.kind(Kind.OTHER);
        return true;
    }

    private static boolean neverUser(Cursor cursor, Event.Builder event) {
        if (!cursor.ahead("never_users list")) {
            return false;
        }
        event.kind(Kind.ERROR).put(Field.REASON, Reason.SERVER_CONFIGURATION).put(Field.TEXT, "User " + cursor.rest());
        return true;
    }

    /** {@code address <original>: error ignored}: no bounce is sent for it. */
    private static boolean errorIgnored(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        if (!text.endsWith(": error ignored") && !text.endsWith("failure notify not requested")) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.rest());
        return true;
    }

    /** {@code H=host [address]: why} or {@code host [address] Connection refused}: the next host is tried. */
    private boolean attemptFailed(Cursor cursor, Event.Builder event) {
        EximRelay relay = EximRelay.read(cursor).orElse(null);
        boolean colon = cursor.take(':');
        boolean tls = cursor.sees(" TLS error on connection ");
        if (relay == null || tls || !cursor.take(' ') || !(colon || EximTrouble.isAny(cursor))) {
            return false;
        }
        relay.putInto(event);
        event.kind(Kind.DELIVERY_TROUBLE);
        trouble.describe(cursor.rest(), "", event);
        return true;
    }

    /** {@code plain_client authenticator failed H=host [address] 535 …}: this host's own login at a relay. */
    private boolean loginRefused(Cursor cursor, Event.Builder event) {
        String name = cursor.word();
        boolean known =
                cursor.take(" authenticator failed H=") || cursor.take(" authenticator cancelled authentication H=");
        EximRelay relay = known ? EximRelay.read(cursor).orElse(null) : null;
        if (name.isEmpty() || relay == null) {
            return false;
        }
        cursor.take(' ');
        relay.putInto(event);
        event.kind(Kind.DELIVERY_TROUBLE).put(Field.STAGE, Stage.AUTH).put(Field.ORIGIN, Origin.REMOTE);
        replies.describe(event, cursor.rest());
        event.put(Field.REASON, Reason.AUTHENTICATION);
        return true;
    }

    /** A handshake failed; where Exim says so, it goes on without TLS. */
    private static boolean tlsSession(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS_ERROR).put(Field.STAGE, Stage.STARTTLS).put(Field.REASON, Reason.TLS);
        if (cursor.ahead(" H=")) {
            cursor.upTo(" H=");
            EximRelay.read(cursor).ifPresent(relay -> relay.putInto(event));
        }
        return true;
    }

    /** Old versions name no host before: {@code SMTP error from remote mail server after …}, {@code Remote host …}. */
    private boolean attemptAnswered(Cursor cursor, Event.Builder event) {
        if (!EximTrouble.isAny(cursor)) {
            return false;
        }
        event.kind(Kind.DELIVERY_TROUBLE);
        trouble.describe(cursor.rest(), "", event);
        return true;
    }
}
