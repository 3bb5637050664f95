package postwarden.parse.login;

import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.CutLines;

/**
 * An attempt as pam_unix and its like tell of it (Linux-PAM 1.7, pam_unix/support.c):
 * {@code logname= uid=0 euid=0 tty=ftp ruser=sam rhost=192.0.2.1  user=sam}.
 *
 * <p>Programs put into {@code ruser} and {@code user} what a stranger typed, so that both can hold the marks of other
 * parts. Where such a line can be cut in two ways, nothing of it is believed.
 *
 * @param ruser the user's name at the other side; with FTP and IMAP daemons the name that was typed
 * @param rhost address or name of the other side, as the program gave it
 * @param user the name that was tried; empty where it is not known here
 */
record PamAttempt(String ruser, String rhost, String user) {
    private static final String RUSER = " ruser=";
    private static final String RHOST = " rhost=";
    private static final String USER = "user=";

    /** Reads what stands behind {@code authentication failure; }. */
    static boolean failure(Cursor cursor, Event.Builder event) {
        if (cursor.take("user=")) {
            // pam_ldap and pam_sss in short forms name the user alone.
            return refused(new PamAttempt("", "", cursor.rest()), event);
        }
        if (!cursor.sees("logname=")) {
            return false;
        }
        Optional<PamAttempt> attempt = read(cursor);
        if (attempt.isPresent()) {
            return refused(attempt.get(), event);
        }
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION).put(Field.AMBIGUOUS, true);
        return true;
    }

    private static boolean refused(PamAttempt attempt, Event.Builder event) {
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        String account = attempt.user.isEmpty() ? attempt.ruser : attempt.user;
        if (!account.isEmpty()) {
            event.put(Field.ACCOUNT, account);
        }
        String ip = Addresses.canonical(attempt.rhost);
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        } else if (!attempt.rhost.isEmpty()) {
            event.put(Field.CLIENT_HOSTNAME, attempt.rhost);
        }
        return true;
    }

    /** The attempt, or empty where the line can be cut in several ways, or in none. */
    private static Optional<PamAttempt> read(Cursor cursor) {
        String text = cursor.text();
        int ruser = text.indexOf(RUSER, cursor.at());
        int first = text.indexOf(RHOST, Math.max(ruser, cursor.at()));
        if (ruser < 0 || first < 0 || CutLines.possible(text)) {
            return Optional.empty();
        }
        Optional<PamAttempt> found = Optional.empty();
        for (int rhost = first; rhost >= 0; rhost = text.indexOf(RHOST, rhost + 1)) {
            String before = text.substring(Math.min(ruser + RUSER.length(), rhost), rhost);
            Optional<PamAttempt> cut = cut(before, text, rhost + RHOST.length());
            if (cut.isPresent() && found.isPresent()) {
                return Optional.empty();
            }
            found = cut.isPresent() ? cut : found;
        }
        return found;
    }

    /** The line as if the other side's address began there: nothing but the user may stand behind it. */
    private static Optional<PamAttempt> cut(String ruser, String text, int rhost) {
        Cursor cursor = new Cursor(text);
        cursor.moveTo(rhost);
        String host = cursor.word();
        boolean blank = cursor.peek() == ' ';
        cursor.skipSpaces();
        if (cursor.atEnd()) {
            return Optional.of(new PamAttempt(ruser, host, ""));
        }
        return blank && cursor.take(USER)
                ? Optional.of(new PamAttempt(ruser, host, cursor.rest().stripTrailing()))
                : Optional.empty();
    }

    /** The vocabulary's name for a PAM service; empty where it is none of a mail host's. */
    static String service(String name) {
        return switch (name) {
            case "smtp", "smtpd", "postfix", "exim", "exim4" -> "smtp";
            case "submission" -> "submission";
            case "imap", "imaps" -> "imap";
            case "pop", "pop3", "pop3s" -> "pop3";
            case "sieve", "managesieve" -> "sieve";
            case "lmtp" -> "lmtp";
            case "vsftpd", "proftpd", "pure-ftpd", "ftp", "ftpd" -> "ftp";
            default -> "";
        };
    }
}
