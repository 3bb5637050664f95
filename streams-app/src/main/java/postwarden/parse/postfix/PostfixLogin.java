package postwarden.parse.postfix;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * A login at smtpd that did not succeed: {@code host[ip]: SASL PLAIN authentication failed: why, sasl_username=who}
 * (Postfix 3.10, smtpd_sasl_glue.c; the user name since 3.8). Why is in the words of Cyrus SASL (2.1, common.c) or Dovecot,
 * or of Postfix's own client of Dovecot (xsasl_dovecot_server.c).
 */
final class PostfixLogin {
    private static final String ACCOUNT = ", sasl_username=";

    /** Nobody's guess: what checks passwords did not answer, or could not check. */
    private static final List<String> SERVICE_TROUBLE = List.of(
            "Connection lost to authentication server",
            "Can't connect to authentication server",
            "Authentication backend error",
            "Temporary authentication failure",
            "Internal ",
            "Authentication request timed out",
            "generic failure",
            "SASL library is not initialized",
            "version mismatch with plug-in",
            "error when parsing configuration file",
            "undefined error!",
            "no memory available",
            "overflowed buffer",
            "transient failure",
            "authentication server unavailable",
            "remote authentication server unavailable",
            "user exists, but no verifier for user");

    /** Refused before anybody looked at a password: the mechanism, the connection or the syntax is not right. */
    private static final List<String> NOT_TRIED = List.of(
            "Invalid authentication mechanism",
            "Unsupported authentication mechanism",
            "no mechanism available",
            "Invalid base64 data",
            "Unexpected continuation",
            "bad protocol / cancel",
            "invalid parameter supplied",
            "another step is needed in authentication",
            "can't request information until later in exchange",
            "encryption needed to use mechanism",
            "mechanism too weak for this user",
            "mechanism doesn't support requested feature",
            "One time use of a plaintext password",
            "Client didn't present valid SSL certificate",
            "SSL certificate didn't contain username",
            "Plaintext authentication disallowed",
            "Cleartext authentication disallowed");

    private static final List<String> LIBRARY_TROUBLE =
            List.of("cannot connect", "unable to open Berkeley db", "sql auxprop plugin", "could not connect");

    private PostfixLogin() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("smtpd/auth-connect", "warning: SASL: ", PostfixLogin::unreachable),
                new Rule("smtpd/auth-library", "warning: SASL authentication failure: ", PostfixLogin::library),
                new Rule("smtpd/auth-none", "fatal: no SASL authentication mechanisms", PostfixLogin::unreachable),
                new Rule("smtpd/sasl", "warning: ", PostfixLogin::failed));
    }

    private static boolean failed(Cursor cursor, Event.Builder event) {
        Peer client = Peer.read(cursor);
        if (!client.certain() || !cursor.take(": SASL ")) {
            return false;
        }
        String mechanism = cursor.word();
        boolean aborted = cursor.take(" authentication aborted");
        if (aborted ? !cursor.atEnd() : !cursor.take(" authentication failed")) {
            return false;
        }
        client.asClient(event);
        event.put(Field.AUTH_MECHANISM, mechanism).put(Field.STAGE, Stage.AUTH);
        if (aborted) {
            event.kind(Kind.AUTH_ABUSE);
            return true;
        }
        String said = cursor.take(": ") ? cursor.rest() : "";
        int account = said.indexOf(ACCOUNT);
        putCause(account < 0 ? said : said.substring(0, account), event);
        putAccount(account < 0 ? "" : said.substring(account + ACCOUNT.length()), event);
        return true;
    }

    private static void putCause(String why, Event.Builder event) {
        if (!why.isEmpty()) {
            event.put(Field.REPLY_TEXT, why);
        }
        if (beginsWithOneOf(why, SERVICE_TROUBLE)) {
            event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TEMPORARY_ERROR);
        } else if (beginsWithOneOf(why, NOT_TRIED)) {
            event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.SYNTAX);
        } else {
            event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        }
    }

    private static boolean beginsWithOneOf(String why, List<String> words) {
        return words.stream().anyMatch(why::startsWith);
    }

    private static void putAccount(String account, Event.Builder event) {
        if (!account.isEmpty() && !account.equals("(unavailable)")) {
            event.put(Field.ACCOUNT, account);
        }
    }

    /** The library's own line names no client; the line that does follows it. */
    private static boolean library(Cursor cursor, Event.Builder event) {
        if (beginsWithOneOf(cursor.text().substring(cursor.at()), LIBRARY_TROUBLE)) {
            return unreachable(cursor, event);
        }
        return PostfixNotices.warning().read(cursor, event);
    }

    private static boolean unreachable(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_ERROR)
                .put(Field.STAGE, Stage.AUTH)
                .put(Field.REASON, Reason.TEMPORARY_ERROR)
                .put(Field.TEXT, event.line().message());
        return true;
    }
}
