package postwarden.parse.exim;

import java.util.List;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Exim's lines about clients that break the protocol (smtp_in.c, receive.c, 4.94 to 4.100). Most of them quote the client
 * before they name it, so the client is searched for, and named only where no quoted text could pass for it.
 */
final class EximAbuse {
    static final List<Rule> RULES = List.of(
            new Rule("exim/dropped", "SMTP call from ", EximAbuse::dropped),
            new Rule("exim/early-connect", "SMTP protocol synchronization error (", EximAbuse::earlyConnect),
            new Rule("exim/early-command", "SMTP protocol synchronization error (", EximAbuse::earlyCommand),
            new Rule("exim/protocol-error", "SMTP protocol error in \"", EximAbuse::commandError),
            new Rule("exim/syntax-error", "SMTP syntax error in \"", EximAbuse::commandError),
            new Rule("exim/header-too-long", "ridiculously long message header received from ", EximAbuse::tooLong),
            new Rule("exim/header-line-too-long", "overlong message header line received from ", EximAbuse::tooLong),
            new Rule("exim/etrn", "ETRN ", (cursor, event) -> remoteQueue(cursor, event, "ETRN")),
            new Rule("exim/atrn", "ATRN ", (cursor, event) -> remoteQueue(cursor, event, "ATRN")),
            new Rule("exim/vrfy-failed", "VRFY failed for ", EximAbuse::verified),
            new Rule("exim/auth-ignored", "ignoring AUTH=", EximAbuse::authIgnored));

    /** What a line of a wrong command can end with, but for words that hold what the client sent. */
    private static final List<String> FIXED_ERRORS = List.of(
            " AUTH command used when not advertised",
            " unrecognized command",
            " BDAT command used when CHUNKING not advertised",
            " HELO or EHLO required",
            " MAIL must have an address operand",
            " RCPT must have an address operand",
            " NUL character(s) present (shown as '?')",
            " SMTP synchronization error",
            " SMTPUTF8 used when not advertised",
            " STARTTLS command used when not advertised",
            " already authenticated",
            " invalid character in authentication mechanism name",
            " not permitted in mail transaction",
            " only RSET accepted now",
            " sender already given",
            " sender not yet given",
            " unexpected argument data",
            " valid RCPT command must precede DATA");

    private EximAbuse() {}

    private static boolean dropped(Cursor cursor, Event.Builder event) {
        boolean known = EximPeer.read(cursor, event, " dropped: ") || EximPeer.skipLocal(cursor);
        if (!known || !cursor.take(" dropped: ")) {
            return false;
        }
        event.kind(Kind.PROTOCOL_ABUSE)
                .put(Field.REASON, Reason.TOO_MANY_ERRORS)
                .put(Field.TEXT, cursor.rest());
        return true;
    }

    /** {@code (input sent without waiting for greeting): rejected connection from H=client input="…"}. */
    private static boolean earlyConnect(Cursor cursor, Event.Builder event) {
        String what = cursor.upTo("): ");
        if (!cursor.take("rejected connection from ")
                || !(EximPeer.read(cursor, event) || EximPeer.skipLocal(cursor))) {
            return false;
        }
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.STAGE, Stage.GREETING).put(Field.TEXT, what);
        return true;
    }

    /** {@code (next input sent too soon…): rejected "command" H=client next input="…"}. */
    private static boolean earlyCommand(Cursor cursor, Event.Builder event) {
        String what = cursor.upTo("): ");
        if (!cursor.take("rejected \"") || !quotedThenClient(cursor, event)) {
            return false;
        }
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.TEXT, what);
        return true;
    }

    private static boolean commandError(Cursor cursor, Event.Builder event) {
        int start = cursor.at();
        if (fixedError(cursor, event)) {
            return true;
        }
        cursor.moveTo(start);
        if (!quotedThenClient(cursor, event)) {
            return false;
        }
        cursor.take(' ');
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX).put(Field.TEXT, cursor.rest());
        return true;
    }

    /**
     * Where the line ends with words that Exim always ends it with, the last client is the true one, whatever the command
     * before it held and whatever its HELO holds.
     */
    private static boolean fixedError(Cursor cursor, Event.Builder event) {
        for (String error : FIXED_ERRORS) {
            if (cursor.text().endsWith(error)) {
                cursor.upToLast("\" H=");
                Optional<EximPeer> peer = EximPeer.read(cursor, error);
                if (peer.isEmpty() || !cursor.take(error) || !cursor.atEnd()) {
                    return false;
                }
                peer.get().putInto(event);
                event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX).put(Field.TEXT, error.substring(1));
                return true;
            }
        }
        return false;
    }

    /** Reads the client behind a quoted command; a user of this host may stand there instead, who is not named. */
    private static boolean quotedThenClient(Cursor cursor, Event.Builder event) {
        Optional<EximPeer> peer = EximPeer.find(cursor, "\" H=");
        if (peer.isPresent()) {
            peer.get().putInto(event);
            return true;
        }
        if (!cursor.ahead("\" U=")) {
            return false;
        }
        cursor.upToLast("\" U=");
        EximText.word(cursor);
        return true;
    }

    /** {@code … client (more than n characters): message abandoned}. */
    private static boolean tooLong(Cursor cursor, Event.Builder event) {
        boolean known = EximPeer.read(cursor, event, " (more than ") || EximPeer.skipLocal(cursor);
        if (!known || !cursor.take(" (more than ")) {
            return false;
        }
        event.kind(Kind.REJECT).put(Field.STAGE, Stage.DATA).put(Field.REASON, Reason.MESSAGE_TOO_LARGE);
        EximText.count(cursor, event, Field.LIMIT_VALUE);
        return true;
    }

    /** A request for a domain's waiting mail, whose argument stands before the client. */
    private static boolean remoteQueue(Cursor cursor, Event.Builder event, String command) {
        Optional<EximPeer> peer = EximPeer.find(cursor, " received from ");
        if (peer.isEmpty() && !cursor.ahead(" received from ")) {
            return false;
        }
        peer.ifPresent(client -> client.putInto(event));
        event.kind(Kind.OTHER).put(Field.TEXT, command);
        return true;
    }

    private static boolean verified(Cursor cursor, Event.Builder event) {
        Optional<EximPeer> peer = EximPeer.find(cursor, " H=");
        if (peer.isEmpty() && !cursor.ahead(" U=")) {
            return false;
        }
        peer.ifPresent(client -> client.putInto(event));
        event.kind(Kind.OTHER).put(Field.REASON, Reason.UNKNOWN_RECIPIENT).put(Field.TEXT, "VRFY failed");
        return true;
    }

    private static boolean authIgnored(Cursor cursor, Event.Builder event) {
        Optional<EximPeer> peer = EximPeer.find(cursor, " from H=");
        peer.ifPresent(client -> client.putInto(event));
        event.kind(Kind.OTHER).put(Field.TEXT, "ignoring AUTH");
        return true;
    }
}
