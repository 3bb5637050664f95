package postwarden.parse.opensmtpd;

import java.util.List;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.Stages;

/**
 * What clients do (OpenSMTPD 7.9, smtp_session.c). Addresses have been found valid before they are logged, and hold no
 * blank or bracket; users and commands are a stranger's text.
 */
final class OpensmtpdSessions {
    private static final String RESULT = "\" result=\"";

    private final Replies replies;

    OpensmtpdSessions(Replies replies) {
        this.replies = replies;
    }

    List<Rule> rules() {
        return List.of(
                new Rule("opensmtpd/connect", "connected ", OpensmtpdSessions::connect),
                new Rule("opensmtpd/auth", "authentication user=", OpensmtpdSessions::authentication),
                new Rule("opensmtpd/auth-client-first", "authentication address=", OpensmtpdSessions::clientFirst),
                new Rule("opensmtpd/failed-command", "failed-command ", this::failedCommand),
                new Rule("opensmtpd/bad-input", "bad-input ", OpensmtpdSessions::badInput),
                new Rule("opensmtpd/message", "message ", OpensmtpdSessions::message),
                new Rule("opensmtpd/envelope", "envelope evpid=", OpensmtpdSessions::envelope),
                new Rule("opensmtpd/tls", "tls ", OpensmtpdSessions::tls),
                new Rule("opensmtpd/starttls", "starttls ", OpensmtpdSessions::tls),
                new Rule("opensmtpd/disconnect", "disconnected ", OpensmtpdSessions::disconnect),
                new Rule("opensmtpd/closed", "closed ", OpensmtpdSessions::disconnect),
                Remarks.beginning("opensmtpd/session-note", Kind.OTHER, "cert-check", "proxy", "client-cert"));
    }

    /** {@code address=192.0.2.1 host=a.example}; takes nothing where it does not stand. */
    static void client(Cursor cursor, Event.Builder event) {
        if (!cursor.take("address=")) {
            return;
        }
        String address = cursor.word();
        boolean framed = address.startsWith("[") && address.endsWith("]");
        String ip = Addresses.canonical(framed ? address.substring(1, address.length() - 1) : address);
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        if (cursor.take(" host=")) {
            String host = cursor.word();
            if (!host.isEmpty()
                    && !host.startsWith("<")
                    && Addresses.canonical(host).isEmpty()) {
                event.put(Field.CLIENT_HOSTNAME, host);
            }
        }
        cursor.skipSpaces();
    }

    private static boolean connect(Cursor cursor, Event.Builder event) {
        event.kind(Kind.CONNECT);
        client(cursor, event);
        return true;
    }

    private static boolean clientFirst(Cursor cursor, Event.Builder event) {
        cursor.moveTo(cursor.at() - "address=".length());
        client(cursor, event);
        return cursor.take("user=") && authentication(cursor, event);
    }

    /** {@code user=sam result=permfail}; in 6.0 with the client between. The user is as it was typed. */
    private static boolean authentication(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int result = text.lastIndexOf(" result=");
        if (result < cursor.at()) {
            return false;
        }
        String user = text.substring(cursor.at(), result);
        int address = user.lastIndexOf(" address=");
        if (address >= 0 && address == user.indexOf(" address=")) {
            Cursor client = new Cursor(user);
            client.moveTo(address + 1);
            client(client, event);
            user = client.atEnd() ? user.substring(0, address) : user;
        }
        switch (text.substring(result + " result=".length())) {
            case "ok" -> event.kind(Kind.AUTH_SUCCESS);
            case "permfail" -> event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
            default -> event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TEMPORARY_ERROR);
        }
        event.put(Field.ACCOUNT, user);
        return true;
    }

    /** {@code command="RCPT TO:<a@example.com>" result="550 …"}; no command's quotes are escaped. */
    private boolean failedCommand(Cursor cursor, Event.Builder event) {
        client(cursor, event);
        String text = cursor.text();
        if (!cursor.take("command=\"")) {
            return false;
        }
        int result = text.indexOf(RESULT, cursor.at());
        if (result < 0) {
            return false;
        }
        String command = text.substring(cursor.at(), result);
        int said = result + RESULT.length();
        if (text.indexOf(RESULT, result + 1) >= 0 || !text.endsWith("\"") || said >= text.length()) {
            event.kind(Kind.REJECT).put(Field.ORIGIN, Origin.LOCAL);
            return true;
        }
        refused(command, text.substring(said, text.length() - 1), event);
        return true;
    }

    /** What was answered to a command. */
    void refused(String command, String said, Event.Builder event) {
        int end = command.indexOf(' ');
        String verb = end < 0 ? command : command.substring(0, end);
        Stages.ofCommand(verb).ifPresent(stage -> event.put(Field.STAGE, stage));
        event.put(Field.ORIGIN, Origin.LOCAL);
        Reason reason = replies.describe(event, said);
        if (said.startsWith("535") && verb.equalsIgnoreCase("AUTH")) {
            event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
            return;
        }
        event.kind(
                switch (reason) {
                    case GREYLISTED -> Kind.GREYLIST;
                    case BLOCKLISTED -> Kind.DNSBL;
                    case SPAM -> Kind.SPAM;
                    case VIRUS -> Kind.VIRUS;
                    case SYNTAX, TOO_MANY_ERRORS -> Kind.PROTOCOL_ABUSE;
                    default -> said.startsWith("4") ? Kind.DEFER_REJECT : Kind.REJECT;
                });
        path(verb, command, event);
    }

    private static void path(String verb, String command, Event.Builder event) {
        int open = command.indexOf('<');
        int close = command.indexOf('>', Math.max(open, 0));
        if (open < 0 || close < 0 || command.indexOf('"') >= 0) {
            return;
        }
        String address = command.substring(open + 1, close);
        if (verb.equalsIgnoreCase("RCPT")) {
            event.put(Field.RECIPIENT, address);
        } else if (verb.equalsIgnoreCase("MAIL")) {
            event.put(Field.SENDER, address);
        }
    }

    private static boolean badInput(Cursor cursor, Event.Builder event) {
        client(cursor, event);
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX);
        return true;
    }

    /** {@code msgid=4296f490 size=1746 nrcpt=1 proto=ESMTP}, in 6.0 with {@code from=<a> to=<b>} within. */
    private static boolean message(Cursor cursor, Event.Builder event) {
        client(cursor, event);
        if (!cursor.take("msgid=")) {
            return false;
        }
        event.kind(Kind.RECEIVED).put(Field.QUEUE_ID, cursor.word());
        content(cursor, event);
        return true;
    }

    /** The addresses, where the line has them, and the counts behind them. */
    static void content(Cursor cursor, Event.Builder event) {
        if (!cursor.sees(" from=<")) {
            counts(cursor, event);
            return;
        }
        Optional<Addressees> addressees = Addressees.read(cursor);
        if (addressees.isPresent()) {
            addressees.get().put(event);
            counts(cursor, event);
        }
    }

    /** {@code size=1746, nrcpts=1, proto=ESMTP}, with or without commas. */
    private static void counts(Cursor cursor, Event.Builder event) {
        if (cursor.take(" size=")) {
            event.put(Field.SIZE, Math.max(0, cursor.number()));
            cursor.take(',');
        }
        if (cursor.take(" nrcpts=") || cursor.take(" nrcpt=") || cursor.take(" ndest=")) {
            event.put(Field.RECIPIENT_COUNT, Math.max(0, cursor.number()));
            cursor.take(',');
        }
        if (cursor.take(" proto=")) {
            event.put(Field.PROTOCOL, cursor.word());
        }
    }

    private static boolean envelope(Cursor cursor, Event.Builder event) {
        event.kind(Kind.QUEUE_ACTIVE).put(Field.QUEUE_ID, cursor.word());
        Addressees.read(cursor).ifPresent(addressees -> addressees.put(event));
        return true;
    }

    /** {@code ciphers=TLSv1.3:TLS_AES_256_GCM_SHA384:256}, in 6.0 {@code ciphers="version=TLSv1.2, cipher=…, bits=256"}. */
    static boolean tls(Cursor cursor, Event.Builder event) {
        client(cursor, event);
        event.kind(Kind.TLS);
        cursor.take("ciphers=");
        cursor.take('"');
        boolean named = cursor.take("version=");
        event.put(Field.TLS_VERSION, named ? cursor.upTo(", ") : cursor.upTo(':'));
        event.put(Field.CIPHER, named && cursor.take("cipher=") ? cursor.upTo(", ") : cursor.upTo(':'));
        return true;
    }

    private static boolean disconnect(Cursor cursor, Event.Builder event) {
        client(cursor, event);
        if (!cursor.take("reason=")) {
            return false;
        }
        cursor.take('"');
        if (cursor.sees("timeout")) {
            event.kind(Kind.TIMEOUT).put(Field.REASON, Reason.TIMED_OUT);
        } else if (cursor.sees("tls-accept-failed")) {
            event.kind(Kind.TLS_ERROR).put(Field.REASON, Reason.TLS).put(Field.STAGE, Stage.STARTTLS);
        } else if (cursor.sees("io-error") || cursor.sees("disconnect")) {
            event.kind(Kind.LOST_CONNECTION).put(Field.REASON, Reason.CONNECTION_LOST);
        } else {
            event.kind(Kind.DISCONNECT);
        }
        return true;
    }
}
