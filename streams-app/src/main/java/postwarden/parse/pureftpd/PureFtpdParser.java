package postwarden.parse.pureftpd;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Pure-FTPd 1.0: {@code (user@client) [LEVEL] text}. The user is {@code ?} until somebody has logged in, so nothing that a
 * stranger chose stands before the client. Texts as of 1.0.50, sources {@code messages_*.h}.
 *
 * <p>The refusal of a client's surplus connections is logged only when it differs from the client refused before, and the
 * refusal for the total not at all: these lines say that it happens, never how often.
 */
public final class PureFtpdParser implements DaemonParser {
    private static final RuleList RULES = new RuleList(List.of(
            new Rule("ftp/connect", "New connection from ", PureFtpdParser::connect),
            new Rule("ftp/logout", "Logout.", PureFtpdParser::logout),
            new Rule("ftp/command", "Command [", PureFtpdParser::command),
            new Rule("ftp/login", "", PureFtpdParser::login),
            new Rule("ftp/transfer", "", PureFtpdParser::transfer),
            new Rule("ftp/login-failed", "", PureFtpdParser::loginFailed),
            new Rule("ftp/client-limit", "", PureFtpdParser::clientLimit),
            new Rule("ftp/total-limit", "", PureFtpdParser::totalLimit),
            new Rule("ftp/user-limit", "I can't accept more than ", PureFtpdParser::userLimit),
            new Rule("ftp/too-many-failures", "Too many authentication failures", PureFtpdParser::tooManyFailures),
            new Rule("ftp/disabled", "Can't login as [", PureFtpdParser::notAllowed),
            new Rule("ftp/no-anonymous", "This is a private system - No anonymous login", PureFtpdParser::notAllowed),
            new Rule("ftp/cleartext", "Sorry, cleartext sessions", PureFtpdParser::notAllowed),
            new Rule("ftp/timeout", "Timeout", PureFtpdParser::timeout),
            new Rule("ftp/tls", "SSL/TLS: Enabled ", PureFtpdParser::tls),
            new Rule("ftp/tls-weak", "SSL/TLS: Cipher too weak", PureFtpdParser::tlsError),
            new Rule("ftp/overflow", "The client tried to overflow", PureFtpdParser::abuse),
            new Rule("ftp/open-failed", "Can't open ", PureFtpdParser::error),
            new Rule("ftp/directory-failed", "Can't change directory to ", PureFtpdParser::other),
            new Rule("ftp/aborted", "Transfer aborted", PureFtpdParser::error),
            new Rule("ftp/disk-full", "Disk full", PureFtpdParser::error),
            new Rule("ftp/quota", "Quota exceeded", PureFtpdParser::error),
            new Rule("ftp/deleted", "Deleted ", PureFtpdParser::other),
            new Rule("ftp/renamed", "File successfully renamed or moved", PureFtpdParser::other),
            new Rule("ftp/no-server", "Unable to start a standalone server", PureFtpdParser::lifecycle)));

    /**
     * What stands before and behind the user in {@code MSG_AUTH_FAILED_LOG}: English, Danish, German, Spanish, French,
     * Hungarian, Italian, Dutch, Norwegian, Turkish, Brazilian Portuguese, Romanian, Czech, Polish, Slovak, Swedish,
     * Russian, Korean, Chinese (simplified, traditional). The misspellings and the Turkish letters are the source's.
     */
    private static final List<List<String>> LOGIN_FAILED = List.of(
            List.of("Authentication failed for user [", "]"),
            List.of("Godkendelse mislykkedes for [", "]"),
            List.of("Authentifizierung fehlgeschlagen für Benutzer [", "]."),
            List.of("Autentificación fallida para el usuario [", "]"),
            List.of("Erreur d'authentification pour l'utilisateur [", "]"),
            List.of("Azonosítás sikertelen [", "] felhasználónak"),
            List.of("Autenticazione falita per l'utente [", "]"),
            List.of("Autorisatie faalde voor gebruiker [", "]"),
            List.of("Godkjennelse mislyktes for [", "]"),
            List.of("[", "] kullanýcýsý için giriþ hatalý"),
            List.of("Autenticação falhou para usuário [", "]"),
            List.of("Autentificare esuata pentru utilizatorul [", "]"),
            List.of("Autentifikace uživatele selhala [", "]"),
            List.of("Autentyfikacja nie powiodła się dla użytkownika [", "]"),
            List.of("Autentifikacia uzivatela zlyhala [", "]"),
            List.of("Behörighetskontroll misslyckas för användare [", "]"),
            List.of("Авторизация не удалась пользователю [", "]"),
            List.of("[", "] 유저 인증 실패"),
            List.of("使用者[", "]验证失败"),
            List.of("使用者[", "]驗證失敗"));

    /** What stands before and behind the limit in {@code MSG_MAX_USERS_IP}: English, German, Turkish, Korean, Chinese. */
    private static final List<List<String>> CLIENT_LIMIT = List.of(
            List.of("Too many connections (", ") from this IP"),
            List.of("Zuviele Verbindungen (", ") von dieser IP-Adresse."),
            List.of("Bu (", ") IP den çok fazla baðlantý"),
            List.of("(", ") 로 부터 초과된 접속수"),
            List.of("太多连接 (", ") 来自这个 IP"));

    @Override
    public boolean owns(String program) {
        return program.equals("pure-ftpd");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.PURE_FTPD);
        Cursor cursor = new Cursor(event.line().message());
        if (!session(cursor, event) || !RULES.read(cursor, event)) {
            event.clear();
            return;
        }
        event.put(Field.SERVICE, "ftp");
    }

    @Override
    public List<Rule> rules() {
        return RULES.rules();
    }

    /** Reads {@code (user@client) [LEVEL] }. */
    private static boolean session(Cursor cursor, Event.Builder event) {
        int end = cursor.text().indexOf(") [");
        int at = end < 0 ? -1 : cursor.text().lastIndexOf('@', end);
        if (at < 1 || !cursor.take('(')) {
            return false;
        }
        String user = cursor.text().substring(1, at);
        String client = cursor.text().substring(at + 1, end);
        cursor.moveTo(end + 3);
        String level = cursor.upTo("] ");
        if (!List.of("INFO", "NOTICE", "WARNING", "ERROR", "DEBUG").contains(level)) {
            return false;
        }
        String ip = Addresses.canonical(client);
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        } else if (!client.equals("?")) {
            event.put(Field.CLIENT_HOSTNAME, client);
        }
        if (!user.equals("?")) {
            event.put(Field.ACCOUNT, user);
        }
        return true;
    }

    private static boolean connect(Cursor cursor, Event.Builder event) {
        event.kind(Kind.CONNECT);
        return true;
    }

    private static boolean logout(Cursor cursor, Event.Builder event) {
        event.kind(Kind.LOGOUT);
        return true;
    }

    private static boolean login(Cursor cursor, Event.Builder event) {
        String user = between(cursor, "", " is now logged in");
        if (user.isEmpty() && !cursor.sees("Anonymous user logged in")) {
            return false;
        }
        event.kind(Kind.AUTH_SUCCESS).put(Field.ACCOUNT, user.isEmpty() ? "anonymous" : user);
        return true;
    }

    /** {@code /home/sam/a.jpg downloaded  (28000 bytes, 167672.51KB/sec)}; the name is the user's text, so from the right. */
    private static boolean transfer(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int open = text.lastIndexOf("  (");
        if (open < cursor.at() || !text.endsWith("/sec)")) {
            return false;
        }
        boolean up = text.startsWith(" uploaded", open - " uploaded".length());
        boolean down = text.startsWith(" downloaded", open - " downloaded".length());
        cursor.moveTo(open + 3);
        long size = cursor.number();
        if ((!up && !down) || size < 0) {
            return false;
        }
        event.kind(Kind.TRANSFER).put(Field.SIZE, size).put(Field.TEXT, up ? "uploaded" : "downloaded");
        return true;
    }

    private static boolean loginFailed(Cursor cursor, Event.Builder event) {
        for (List<String> form : LOGIN_FAILED) {
            if (cursor.sees(form.get(0)) && cursor.text().endsWith(form.get(1))) {
                event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
                String user = between(cursor, form.get(0), form.get(1));
                if (!user.isEmpty()) {
                    event.put(Field.ACCOUNT, user);
                }
                return true;
            }
        }
        return false;
    }

    /** {@code Too many connections (8) from this IP: [198.51.100.207]}, written by the process that listens. */
    private static boolean clientLimit(Cursor cursor, Event.Builder event) {
        for (List<String> form : CLIENT_LIMIT) {
            int start = cursor.at();
            if (cursor.take(form.get(0))) {
                long limit = cursor.number();
                if (limit >= 0 && cursor.take(form.get(1))) {
                    limit(event, Limit.FTP_CLIENT_CONNECTIONS, limit);
                    refusedClient(cursor, event);
                    return true;
                }
            }
            cursor.moveTo(start);
        }
        return false;
    }

    private static void refusedClient(Cursor cursor, Event.Builder event) {
        if (cursor.take(": [")) {
            String ip = Addresses.canonical(cursor.upTo(']'));
            if (!ip.isEmpty()) {
                event.put(Field.CLIENT_IP, ip);
            }
        }
    }

    private static boolean totalLimit(Cursor cursor, Event.Builder event) {
        long limit = cursor.number();
        if (limit < 0 || !cursor.take(" users (the maximum) are already logged in")) {
            return false;
        }
        limit(event, Limit.FTP_TOTAL, limit);
        return true;
    }

    private static boolean userLimit(Cursor cursor, Event.Builder event) {
        long limit = cursor.number();
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.LIMIT_VALUE, limit)
                .put(Field.REASON, Reason.TOO_MANY_CONNECTIONS)
                .put(Field.ORIGIN, Origin.LOCAL);
        return limit >= 0;
    }

    private static void limit(Event.Builder event, Limit limit, long value) {
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.LIMIT, limit)
                .put(Field.LIMIT_VALUE, value)
                .put(Field.REASON, Reason.TOO_MANY_CONNECTIONS)
                .put(Field.ORIGIN, Origin.LOCAL);
    }

    private static boolean tooManyFailures(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.TOO_MANY_ERRORS);
        return true;
    }

    private static boolean notAllowed(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.ACCESS_DENIED);
        return true;
    }

    private static boolean timeout(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TIMEOUT);
        return true;
    }

    /** {@code SSL/TLS: Enabled TLSv1.3 with TLS_AES_256_GCM_SHA384, 256 secret bits cipher}. */
    private static boolean tls(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS).put(Field.TLS_VERSION, cursor.upTo(" with ")).put(Field.CIPHER, cursor.upTo(", "));
        return true;
    }

    private static boolean tlsError(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS_ERROR).put(Field.REASON, Reason.TLS);
        return true;
    }

    private static boolean abuse(Cursor cursor, Event.Builder event) {
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX);
        return true;
    }

    private static boolean error(Cursor cursor, Event.Builder event) {
        event.kind(Kind.ERROR).put(Field.TEXT, said(cursor));
        return true;
    }

    private static boolean other(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.TEXT, said(cursor));
        return true;
    }

    /** What a client typed, with verbose logging; its words are of no interest here. */
    private static boolean command(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER);
        return true;
    }

    private static boolean lifecycle(Cursor cursor, Event.Builder event) {
        event.kind(Kind.LIFECYCLE).put(Field.TEXT, said(cursor));
        return true;
    }

    /** All that stands behind the level. */
    private static String said(Cursor cursor) {
        return cursor.text().substring(cursor.text().indexOf("] ") + 2);
    }

    /** What stands between two texts that frame all that is left; empty when they do not. */
    private static String between(Cursor cursor, String before, String after) {
        int from = cursor.at() + before.length();
        int to = cursor.text().length() - after.length();
        return cursor.sees(before) && cursor.text().endsWith(after) && from < to
                ? cursor.text().substring(from, to)
                : "";
    }
}
