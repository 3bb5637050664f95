package postwarden.parse.exim;

import java.util.List;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Commands that Exim itself refused, where what the client sent stands before or behind the client (smtp_in.c, receive.c,
 * 4.94 to 4.100).
 */
final class EximArguments {
    static final List<Rule> RULES = List.of(
            new Rule("exim/helo-rejected", "rejected ", EximArguments::heloRejected),
            new Rule("exim/size-rejected", "rejected MAIL FROM:", EximArguments::sizeRejected),
            new Rule("exim/mail-without-helo", "rejected MAIL from ", EximArguments::mailWithoutHelo),
            new Rule("exim/too-many-messages", "rejected MAIL command ", EximArguments::tooManyMessages),
            new Rule("exim/message-rejected", "rejected from <", EximArguments::messageRejected),
            new Rule("exim/helo-refused", "rejected \"", EximArguments::helo),
            new Rule("exim/helo-deferred", "temporarily rejected \"", EximArguments::heloDeferred),
            new Rule("exim/xclient-rejected", "rejected XCLIENT from ", EximArguments::xclient),
            new Rule("exim/unqualified", "unqualified ", EximArguments::unqualified),
            new Rule("exim/too-many-recipients", "too many recipients: ", EximArguments::tooManyRecipients));

    private EximArguments() {}

    private static boolean heloRejected(Cursor cursor, Event.Builder event) {
        if (!cursor.take("HELO from ") && !cursor.take("EHLO from ")) {
            return false;
        }
        if (!clientOrLocal(cursor, event, ": syntactically invalid ")) {
            return false;
        }
        cursor.take(": ");
        rejected(event, Stage.HELO, Reason.HELO_REJECTED).put(Field.REPLY_TEXT, cursor.rest());
        return true;
    }

    private static boolean sizeRejected(Cursor cursor, Event.Builder event) {
        EximText.address(cursor, event, Field.SENDER);
        if (!cursor.take(' ') || !clientOrLocal(cursor, event, ": message too big") || !cursor.take(": ")) {
            return false;
        }
        rejected(event, Stage.MAIL, Reason.MESSAGE_TOO_LARGE).put(Field.REPLY_TEXT, cursor.rest());
        return true;
    }

    private static boolean mailWithoutHelo(Cursor cursor, Event.Builder event) {
        if (!clientOrLocal(cursor, event, ": no HELO/EHLO given") || !cursor.take(": ")) {
            return false;
        }
        rejected(event, Stage.MAIL, Reason.HELO_REJECTED).put(Field.REPLY_TEXT, cursor.rest());
        return true;
    }

    private static boolean tooManyMessages(Cursor cursor, Event.Builder event) {
        if (!clientOrLocal(cursor, event, ": too many messages in one connection") || !cursor.take(": ")) {
            return false;
        }
        rejected(event, Stage.MAIL, Reason.TOO_MANY_MESSAGES_IN_CONNECTION).put(Field.REPLY_TEXT, cursor.rest());
        return true;
    }

    /** {@code <sender> H=client U=ident: message too big: read=5 max=4}; old versions forget the space. */
    private static boolean messageRejected(Cursor cursor, Event.Builder event) {
        cursor.moveTo(cursor.at() - 1);
        EximText.address(cursor, event, Field.SENDER);
        cursor.take(' ');
        if (!cursor.sees(": ") && !clientOrLocal(cursor, event, ": ")) {
            return false;
        }
        if (!cursor.take(": ")) {
            return false;
        }
        String why = cursor.rest();
        Reason reason = why.startsWith("message too big")
                ? Reason.MESSAGE_TOO_LARGE
                : why.startsWith("Too many \"Received\"") ? Reason.MAIL_LOOP : Reason.SYNTAX;
        rejected(event, Stage.END_OF_DATA, reason).put(Field.REPLY_TEXT, why);
        return true;
    }

    private static boolean heloDeferred(Cursor cursor, Event.Builder event) {
        if (!helo(cursor, event)) {
            return false;
        }
        event.kind(Kind.DEFER_REJECT);
        return true;
    }

    /** {@code "EHLO name" from client}: the name did not verify; or another command that no list allows. */
    private static boolean helo(Cursor cursor, Event.Builder event) {
        boolean greeting = cursor.sees("EHLO ") || cursor.sees("HELO ");
        Optional<EximPeer> peer = EximPeer.find(cursor, "\" from ");
        if (peer.isEmpty() && !cursor.ahead("\" from ")) {
            return false;
        }
        peer.ifPresent(client -> client.putInto(event));
        if (greeting) {
            rejected(event, Stage.HELO, Reason.HELO_REJECTED);
        } else {
            event.kind(Kind.REJECT).put(Field.REASON, Reason.ACCESS_DENIED).put(Field.ORIGIN, Origin.LOCAL);
        }
        return true;
    }

    private static boolean xclient(Cursor cursor, Event.Builder event) {
        if (!clientOrLocal(cursor, event, ": ") || !cursor.take(": ")) {
            return false;
        }
        event.kind(Kind.REJECT)
                .put(Field.REASON, Reason.ACCESS_DENIED)
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.REPLY_TEXT, cursor.rest());
        return true;
    }

    private static boolean unqualified(Cursor cursor, Event.Builder event) {
        boolean recipient = cursor.take("recipient rejected: ");
        if (!recipient && !cursor.take("sender rejected: ") && !cursor.take("verify rejected: ")) {
            return false;
        }
        EximText.address(cursor, event, recipient ? Field.RECIPIENT : Field.SENDER);
        if (!cursor.take(' ') || !clientOrLocal(cursor, event)) {
            return false;
        }
        event.kind(Kind.REJECT).put(Field.REASON, Reason.SYNTAX).put(Field.ORIGIN, Origin.LOCAL);
        return true;
    }

    /** {@code message rejected: sender=<sender> H=client} or {@code excess temporarily rejected: …}. */
    private static boolean tooManyRecipients(Cursor cursor, Event.Builder event) {
        boolean whole = cursor.take("message rejected: sender=");
        if (!whole && !cursor.take("excess temporarily rejected: sender=")) {
            return false;
        }
        EximText.address(cursor, event, Field.SENDER);
        if (!cursor.take(' ') || !clientOrLocal(cursor, event)) {
            return false;
        }
        rejected(event, Stage.RCPT, Reason.RATE_LIMITED)
                .put(Field.LIMIT, Limit.CLIENT_RECIPIENT_RATE)
                .kind(whole ? Kind.REJECT : Kind.DEFER_REJECT);
        return true;
    }

    private static boolean clientOrLocal(Cursor cursor, Event.Builder event, String... behind) {
        return EximPeer.read(cursor, event, behind) || EximPeer.skipLocal(cursor);
    }

    private static Event.Builder rejected(Event.Builder event, Stage stage, Reason reason) {
        return event.kind(Kind.REJECT)
                .put(Field.STAGE, stage)
                .put(Field.REASON, reason)
                .put(Field.ORIGIN, Origin.LOCAL);
    }
}
