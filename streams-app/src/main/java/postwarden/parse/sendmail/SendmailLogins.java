package postwarden.parse.sendmail;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.CutLines;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.SaslCodes;

/**
 * Logins and TLS (8.18, srvrsmtp.c, tls.c): {@code AUTH failure (LOGIN): authentication failure (-13) SASL(-13): …,
 * user=a, relay=host [ip]}. Between mechanism and client stand the library's words, which may repeat the user, and the
 * user: a stranger's text. So the client is read from the right.
 */
final class SendmailLogins {
    private static final String USER = ", user=";
    private static final String RELAY = ", relay=";

    static final List<Rule> RULES = List.of(
            new Rule("sendmail/auth-failure", "AUTH failure (", SendmailLogins::failed),
            new Rule("sendmail/auth", "AUTH=server, ", SendmailLogins::succeeded),
            new Rule("sendmail/auth-client-failed", "AUTH=client, relay=", SendmailLogins::client),
            new Rule("sendmail/tls-in", "STARTTLS=server, relay=", tls(Field.CLIENT_IP)),
            new Rule("sendmail/tls-out", "STARTTLS=client, relay=", tls(Field.RELAY_IP)),
            new Rule("sendmail/tls-in-failed", "STARTTLS=server, error: accept failed=", SendmailLogins::acceptFailed),
            new Rule(
                    "sendmail/tls-out-failed",
                    "STARTTLS=client, error: connect failed=",
                    SendmailLogins::connectFailed),
            Remarks.beginning(
                    "sendmail/tls-note",
                    Kind.OTHER,
                    "STARTTLS=server, get_verify",
                    "STARTTLS=client, get_verify",
                    "STARTTLS=server, cert-",
                    "STARTTLS=client, cert-",
                    "STARTTLS=server, init=1",
                    "STARTTLS=client, init=1",
                    "STARTTLS=server, Diffie",
                    "STARTTLS=client, start=ok",
                    "STARTTLS: info",
                    "STARTTLS: TLS cert verify",
                    "STARTTLS: x509 cert verify",
                    "STARTTLS=read, info",
                    "STARTTLS=write, info",
                    "STARTTLS=server, info",
                    "STARTTLS=client, info",
                    "AUTH: available mech",
                    "AUTH=client, available",
                    "AUTH=client, realm",
                    "tls_clt_features",
                    "tls_srv_features",
                    "engine="),
            Remarks.beginning(
                    "sendmail/tls-warning",
                    Kind.WARNING,
                    "STARTTLS",
                    "AUTH",
                    "TLSA=",
                    "DANE",
                    "FIPS",
                    "ERROR: srv_features"));

    private SendmailLogins() {}

    private static boolean failed(Cursor cursor, Event.Builder event) {
        String mechanism = cursor.upTo("): ");
        String text = cursor.text();
        int relay = text.lastIndexOf(RELAY);
        if (relay < cursor.at()) {
            return false;
        }
        kind(text.substring(cursor.at(), relay), event);
        event.put(Field.SERVICE, "smtp").put(Field.AUTH_MECHANISM, mechanism);
        if (CutLines.possible(text)) {
            event.put(Field.AMBIGUOUS, true);
            return true;
        }
        boolean known = SendmailPeer.of(text.substring(relay + RELAY.length())).asClient(event);
        int user = text.indexOf(USER, cursor.at());
        if (known && user >= 0 && user < relay && text.indexOf(USER, user + 1) < 0) {
            event.put(Field.ACCOUNT, text.substring(user + USER.length(), relay));
        }
        return true;
    }

    /** By the library's code, the first number in brackets: {@code authentication failure (-13) …}. */
    private static void kind(String words, Event.Builder event) {
        int open = words.indexOf(" (");
        int close = words.indexOf(')', Math.max(open, 0));
        String code = open < 0 || close < 0 ? "" : words.substring(open + 2, close);
        SaslCodes.put(code, event);
    }

    /** {@code AUTH=server, relay=host [192.0.2.1], authid=sam, mech=PLAIN, bits=0}. */
    private static boolean succeeded(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int mechanism = text.lastIndexOf(", mech=");
        cursor.upTo("relay=");
        String slot = cursor.upTo(", authid=");
        if (cursor.atEnd() || mechanism < cursor.at()) {
            return false;
        }
        event.kind(Kind.AUTH_SUCCESS).put(Field.SERVICE, "smtp");
        if (SendmailPeer.of(slot).asClient(event)) {
            event.put(Field.ACCOUNT, text.substring(cursor.at(), mechanism));
        }
        cursor.moveTo(mechanism + ", mech=".length());
        event.put(Field.AUTH_MECHANISM, cursor.upTo(", "));
        return true;
    }

    /** This host as a client: {@code relay=host, mech=PLAIN, bits=0}, or a failure. */
    private static boolean client(Cursor cursor, Event.Builder event) {
        return Remarks.put(cursor.ahead(", mech=") ? Kind.OTHER : Kind.WARNING, event);
    }

    /** {@code relay=host [192.0.2.1], version=TLSv1.3, verify=NO, cipher=…, bits=256/256}. */
    private static Rule.Reading tls(Field side) {
        return (cursor, event) -> {
            String slot = cursor.upTo(", version=");
            if (cursor.atEnd()) {
                return false;
            }
            event.kind(Kind.TLS).put(Field.TLS_VERSION, cursor.upTo(", "));
            cursor.upTo("cipher=");
            event.put(Field.CIPHER, cursor.upTo(", "));
            SendmailPeer peer = SendmailPeer.of(slot);
            if (side == Field.CLIENT_IP) {
                event.put(Field.SERVICE, "smtp");
                peer.asClient(event);
            } else {
                peer.asRelay(event);
            }
            return true;
        };
    }

    private static boolean acceptFailed(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int relay = text.lastIndexOf(RELAY);
        event.kind(Kind.TLS_ERROR).put(Field.REASON, Reason.TLS).put(Field.SERVICE, "smtp");
        event.put(Field.TEXT, text.substring(cursor.at()));
        if (relay > 0) {
            SendmailPeer.of(text.substring(relay + RELAY.length())).asClient(event);
        }
        return true;
    }

    private static boolean connectFailed(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS_ERROR).put(Field.REASON, Reason.TLS).put(Field.TEXT, cursor.rest());
        return true;
    }
}
