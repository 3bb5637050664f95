package postwarden.parse.login;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * PAM's modules (Linux-PAM 1.0 to 1.7 and others in its form). They log in the name of the program that asks them, so
 * their lines are known by how they begin: {@code pam_unix(dovecot:auth): }, {@code pam_unix(auth): },
 * {@code (pam_unix) }, or by a program such as {@code vsftpd(pam_unix)}.
 */
public final class PamParser implements DaemonParser {
    private static final RuleList RULES = new RuleList(List.of(
            new Rule("pam/failure", "authentication failure; ", PamAttempt::failure),
            new Rule("pam/failure-capital", "Authentication failure; ", PamAttempt::failure),
            new Rule("pam/more-failures", "", PamParser::moreFailures),
            new Rule("pam/winbind-denied", "user '", PamParser::winbindDenied),
            new Rule("pam/krb5-failed", "authentication fails for '", PamParser::quotedUser),
            new Rule("pam/listfile-refused", "Refused user ", PamParser::refused),
            new Rule("pam/locked", "Consecutive login failures for user ", PamParser::locked),
            new Rule("pam/unavailable", "", PamParser::unavailable),
            Remarks.beginning(
                    "pam/session",
                    Kind.OTHER,
                    "session opened for user ",
                    "session closed for user ",
                    "password changed for ",
                    "authentication success",
                    "user '",
                    "User "),
            Remarks.beginning("pam/any", Kind.WARNING, "")));

    private static final RuleList UNTAGGED =
            new RuleList(List.of(Remarks.beginning("pam/library", Kind.ERROR, "PAM unable to ", "PAM adding faulty ")));

    /** Any program's name: whoever asks PAM, PAM logs for. To be asked after that program's own daemon. */
    @Override
    public boolean owns(String program) {
        return true;
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.PAM);
        Cursor cursor = new Cursor(event.line().message());
        boolean own = event.line().program().endsWith("(pam_unix)") || cursor.sees("authentication failure; logname=");
        boolean known = (own || skipModule(cursor, event)) ? RULES.read(cursor, event) : UNTAGGED.read(cursor, event);
        if (!known) {
            event.clear().daemon(Daemon.UNKNOWN);
        }
    }

    @Override
    public List<Rule> rules() {
        return List.of(RULES.rules(), UNTAGGED.rules()).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Moves behind {@code pam_unix(dovecot:auth): } and its older forms; false when no module begins the message. */
    private static boolean skipModule(Cursor cursor, Event.Builder event) {
        if (cursor.take("PAM-listfile: ")) {
            return true;
        }
        boolean old = cursor.take('(');
        if (!cursor.sees("pam_")) {
            return false;
        }
        String text = cursor.text();
        int start = cursor.at();
        int end = start;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        cursor.moveTo(end);
        if (old) {
            return cursor.take(") ");
        }
        if (cursor.take('(')) {
            putService(cursor.upTo(')'), event);
        } else if (cursor.take('[')) {
            cursor.upTo(']');
        }
        return cursor.take(": ") || cursor.take(" - ");
    }

    /** {@code dovecot:auth}, or {@code auth} alone; since 1.3 {@code other:auth} for a service without rules. */
    private static void putService(String serviceAndType, Event.Builder event) {
        int colon = serviceAndType.indexOf(':');
        String service = PamAttempt.service(serviceAndType.substring(0, Math.max(colon, 0)));
        if (!service.isEmpty()) {
            event.put(Field.SERVICE, service);
        }
    }

    /** {@code 2 more authentication failures; logname=…}, beyond the one that a line of its own told of. */
    private static boolean moreFailures(Cursor cursor, Event.Builder event) {
        long more = cursor.number();
        boolean fits = more > 0
                && (cursor.take(" more authentication failures; ") || cursor.take(" more authentication failure; "));
        if (!fits || !PamAttempt.failure(cursor, event)) {
            return false;
        }
        event.put(Field.ATTEMPTS, more);
        return true;
    }

    /** {@code user 'sam' denied access (incorrect password or invalid membership)} (pam_winbind). */
    private static boolean winbindDenied(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int end = text.lastIndexOf("' denied access (incorrect password");
        if (end < cursor.at()) {
            return false;
        }
        return refusedUser(text.substring(cursor.at(), end), event);
    }

    /** {@code authentication fails for 'sam' (sam@EXAMPLE.COM): Authentication failure (…)} (pam_krb5 of Red Hat). */
    private static boolean quotedUser(Cursor cursor, Event.Builder event) {
        String user = cursor.upTo("' (");
        boolean certain = !cursor.ahead("' (");
        cursor.moveTo(cursor.text().lastIndexOf("): "));
        if (!cursor.sees("): Authentication failure") && !cursor.sees("): User not known")) {
            return false;
        }
        return refusedUser(certain ? user : "", event);
    }

    private static boolean refusedUser(String user, Event.Builder event) {
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        if (!user.isEmpty()) {
            event.put(Field.ACCOUNT, user);
        }
        return true;
    }

    /** {@code Refused user sam for service vsftpd} (pam_listfile): by a list, whatever the password. */
    private static boolean refused(Cursor cursor, Event.Builder event) {
        int end = cursor.text().lastIndexOf(" for service ");
        if (end < cursor.at()) {
            return false;
        }
        event.kind(Kind.AUTH_ABUSE)
                .put(Field.REASON, Reason.ACCESS_DENIED)
                .put(Field.ACCOUNT, cursor.text().substring(cursor.at(), end));
        String service = PamAttempt.service(cursor.text().substring(end + " for service ".length()));
        if (!service.isEmpty()) {
            event.put(Field.SERVICE, service);
        }
        return true;
    }

    /** {@code Consecutive login failures for user sam account temporarily locked} (pam_faillock). */
    private static boolean locked(Cursor cursor, Event.Builder event) {
        int end = cursor.text().lastIndexOf(" account temporarily locked");
        if (end < cursor.at()) {
            return false;
        }
        event.kind(Kind.AUTH_ABUSE)
                .put(Field.REASON, Reason.TOO_MANY_ERRORS)
                .put(Field.ACCOUNT, cursor.text().substring(cursor.at(), end));
        return true;
    }

    /** The service behind a module failed: nobody's guess. */
    private static boolean unavailable(Cursor cursor, Event.Builder event) {
        boolean fits = cursor.ahead("Authentication service cannot retrieve")
                || cursor.sees("Can't contact LDAP server")
                || cursor.sees("error trying to bind")
                || cursor.sees("failed to bind to LDAP server")
                || cursor.sees("Request to sssd failed")
                || cursor.sees("MySQL error");
        if (fits) {
            event.put(Field.REASON, Reason.TEMPORARY_ERROR);
        }
        return fits && Remarks.put(Kind.AUTH_ERROR, event);
    }
}
