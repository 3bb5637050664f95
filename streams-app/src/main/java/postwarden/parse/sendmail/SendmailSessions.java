package postwarden.parse.sendmail;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.Stages;

/**
 * Sessions and what clients do wrong in them (8.18, srvrsmtp.c, main.c, collect.c, util.c). The client stands before
 * what it said, bounded by words of Sendmail's own that no host's name can hold.
 */
final class SendmailSessions {
    static final List<Rule> RULES = List.of(
            new Rule("sendmail/connect", "connect from ", SendmailSessions::connect),
            new Rule("sendmail/null-connection", "Null connection from ", SendmailSessions::nullConnection),
            new Rule("sendmail/no-command", "", SendmailSessions::noCommand),
            new Rule("sendmail/lost-input", "lost input channel from ", SendmailSessions::lostInput),
            new Rule("sendmail/timeout", "timeout waiting for input from ", SendmailSessions::timeout),
            new Rule("sendmail/collect", "collect: ", SendmailSessions::collect),
            new Rule("sendmail/early-talker", "rejecting ", SendmailSessions::earlyTalker),
            new Rule("sendmail/bad-helo", "invalid domain name (", SendmailSessions::badHelo),
            new Rule("sendmail/newline", "POSSIBLE ATTACK from ", SendmailSessions::newline),
            new Rule("sendmail/headers-too-large", "headers too large (", SendmailSessions::headers),
            new Rule("sendmail/header-overflow", "header overflow from ", SendmailSessions::headers),
            new Rule("sendmail/root-command", "\"", SendmailSessions::rootCommand),
            new Rule("sendmail/pipelining", "unauthorized PIPELINING, ", SendmailSessions::pipelining),
            new Rule("sendmail/tempfailed", "SMTP ", SendmailSessions::tempFailed),
            new Rule("sendmail/attack", "", SendmailSessions::attack));

    private SendmailSessions() {}

    private static boolean client(String slot, Event.Builder event) {
        event.put(Field.SERVICE, "smtp");
        return SendmailPeer.of(slot).asClient(event);
    }

    private static boolean connect(Cursor cursor, Event.Builder event) {
        event.kind(Kind.CONNECT);
        client(cursor.rest(), event);
        return true;
    }

    private static boolean nullConnection(Cursor cursor, Event.Builder event) {
        event.kind(Kind.DISCONNECT);
        client(cursor.rest(), event);
        return true;
    }

    /** {@code host [192.0.2.1] did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA}. */
    private static boolean noCommand(Cursor cursor, Event.Builder event) {
        String words = " did not issue MAIL/EXPN/VRFY/ETRN during connection to ";
        if (!cursor.ahead(words)) {
            return false;
        }
        event.kind(Kind.DISCONNECT);
        client(cursor.upTo(words), event);
        return true;
    }

    /** {@code lost input channel from host [192.0.2.1] to MTA after rcpt}. */
    private static boolean lostInput(Cursor cursor, Event.Builder event) {
        String slot = cursor.upTo(" to ");
        String after = cursor.text().substring(cursor.text().lastIndexOf(' ') + 1);
        event.kind(Kind.LOST_CONNECTION);
        client(slot, event);
        if (after.equals("startup")) {
            event.put(Field.STAGE, Stage.CONNECT);
        } else {
            Stages.ofCommand(after).ifPresent(stage -> event.put(Field.STAGE, stage));
        }
        return true;
    }

    /** {@code timeout waiting for input from host during server cmd read}, or {@code … client MAIL} on the way out. */
    private static boolean timeout(Cursor cursor, Event.Builder event) {
        String slot = cursor.upTo(" during ");
        if (cursor.take("client ")) {
            event.kind(Kind.DELIVERY_TROUBLE).put(Field.REASON, Reason.TIMED_OUT);
            SendmailPeer.of(slot).asRelay(event);
            clientStage(cursor.rest()).ifPresent(stage -> event.put(Field.STAGE, stage));
            return true;
        }
        event.kind(Kind.TIMEOUT).put(Field.REASON, Reason.TIMED_OUT);
        client(slot, event);
        if (cursor.sees("message collect")) {
            event.put(Field.STAGE, Stage.DATA);
        }
        return true;
    }

    private static Optional<Stage> clientStage(String words) {
        if (words.startsWith("greeting")) {
            return Optional.of(Stage.GREETING);
        }
        return Stages.ofCommand(words.split(" ")[0].split("-")[0]);
    }

    /** {@code collect: premature EOM: why}, until 8.12 {@code collect: unexpected close on connection from host, …}. */
    private static boolean collect(Cursor cursor, Event.Builder event) {
        boolean old = cursor.ahead(" on connection from ");
        boolean timedOut = cursor.ahead("timed out") || cursor.sees("read timeout");
        if (cursor.sees("relay=")) {
            event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX);
        } else if (old || cursor.sees("premature EOM: ")) {
            event.kind(timedOut ? Kind.TIMEOUT : Kind.LOST_CONNECTION);
            event.put(Field.REASON, timedOut ? Reason.TIMED_OUT : Reason.CONNECTION_LOST);
        } else {
            return false;
        }
        event.put(Field.STAGE, Stage.DATA).put(Field.SERVICE, "smtp");
        if (old) {
            cursor.upTo(" on connection from ");
            client(cursor.upTo(", "), event);
        }
        return true;
    }

    /** {@code rejecting commands from host [192.0.2.1] due to pre-greeting traffic after 0 seconds}, and its like. */
    private static boolean earlyTalker(Cursor cursor, Event.Builder event) {
        String command = cursor.upTo(" from ");
        String slot = cursor.upTo(" due to ");
        if (!cursor.sees("pre-greeting traffic") && !cursor.sees("traffic before response")) {
            return false;
        }
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX);
        client(slot.strip(), event);
        event.put(Field.STAGE, Stages.ofCommand(command).orElse(Stage.CONNECT));
        return true;
    }

    /** {@code invalid domain name (x) from host [192.0.2.1]}: the name is the client's text and stands first. */
    private static boolean badHelo(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int from = text.lastIndexOf(" from ");
        if (from < 0) {
            return false;
        }
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.HELO_REJECTED).put(Field.STAGE, Stage.HELO);
        client(text.substring(from + " from ".length()), event);
        if (!event.has(Field.AMBIGUOUS) && text.startsWith(")", from - 1) && from - 1 >= cursor.at()) {
            event.put(Field.HELO, text.substring(cursor.at(), from - 1));
        }
        return true;
    }

    private static boolean newline(Cursor cursor, Event.Builder event) {
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX);
        client(cursor.upTo(": newline in string "), event);
        return true;
    }

    private static boolean headers(Cursor cursor, Event.Builder event) {
        if (cursor.ahead(" max) from ")) {
            cursor.upTo(" max) from ");
        }
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.MESSAGE_TOO_LARGE);
        client(cursor.upTo(" during message collect"), event);
        return true;
    }

    /** {@code "DEBUG" command from host [192.0.2.1] (192.0.2.1)}; the command is one of Sendmail's own list. */
    private static boolean rootCommand(Cursor cursor, Event.Builder event) {
        cursor.upTo("\" command from ");
        String rest = cursor.rest();
        int open = rest.lastIndexOf(" (");
        String ip =
                open < 0 || !rest.endsWith(")") ? "" : Addresses.canonical(rest.substring(open + 2, rest.length() - 1));
        if (ip.isEmpty()) {
            return false;
        }
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.SERVICE, "smtp").put(Field.REASON, Reason.SYNTAX);
        event.put(Field.CLIENT_IP, ip);
        return true;
    }

    private static boolean pipelining(Cursor cursor, Event.Builder event) {
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.TOO_MANY_ERRORS);
        cursor.upTo("relay=");
        client(cursor.rest(), event);
        return true;
    }

    /** {@code SMTP AUTH command (x) from host [192.0.2.1] tempfailed (due to previous checks)}. */
    private static boolean tempFailed(Cursor cursor, Event.Builder event) {
        Optional<Stage> stage = Stages.ofCommand(cursor.word());
        String text = cursor.text();
        int end = text.lastIndexOf(" tempfailed (due to previous checks)");
        int from = text.lastIndexOf(") from ", Math.max(end, 0));
        if (end < 0 || from < 0) {
            return false;
        }
        event.kind(Kind.DEFER_REJECT).put(Field.ORIGIN, Origin.LOCAL).put(Field.REASON, Reason.TEMPORARY_ERROR);
        stage.ifPresent(known -> event.put(Field.STAGE, known));
        client(text.substring(from + ") from ".length(), end), event);
        return true;
    }

    /** {@code host [192.0.2.1]: possible SMTP attack: command=AUTH, count=5}, {@code …: VRFY root [rejected]}. */
    private static boolean attack(Cursor cursor, Event.Builder event) {
        String slot = cursor.upTo(": ");
        if (!slot.endsWith("]") && !slot.endsWith("] (may be forged)")) {
            return false;
        }
        if (cursor.take("possible SMTP attack: command=")) {
            event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.TOO_MANY_ERRORS);
            Stages.ofCommand(cursor.upTo(", count=")).ifPresent(stage -> event.put(Field.STAGE, stage));
            event.put(Field.OBSERVED, Math.max(0, cursor.number()));
        } else if (cursor.sees("Possible SMTP RCPT flood")) {
            event.kind(Kind.PROTOCOL_ABUSE)
                    .put(Field.REASON, Reason.TOO_MANY_ERRORS)
                    .put(Field.STAGE, Stage.RCPT);
        } else if (cursor.sees("probable open proxy: ") || cursor.sees("SMTP violation, ")) {
            event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX);
        } else if (cursor.text().endsWith(" [rejected]")) {
            event.kind(Kind.REJECT).put(Field.ORIGIN, Origin.LOCAL).put(Field.REASON, Reason.ACCESS_DENIED);
        } else if (isQuery(cursor.word())) {
            event.kind(Kind.OTHER).put(Field.TEXT, event.line().message());
        } else {
            return false;
        }
        client(slot, event);
        return true;
    }

    private static boolean isQuery(String command) {
        return List.of("VRFY", "EXPN", "ETRN").contains(command.toUpperCase(Locale.ROOT));
    }
}
