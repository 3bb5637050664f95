package postwarden.parse.dovecot;

import java.util.List;
import java.util.stream.Stream;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Dovecot 2.2 to 2.4: login processes, mail processes, authentication, LMTP, the master.
 *
 * <p>A message begins with who wrote it, {@code imap-login: }, {@code auth: } or {@code imap(user)<pid><session>: }, and,
 * unless syslog has the level in its own place, with {@code Info: }.
 *
 * <p>One guess can leave two lines: the authentication service's ({@code Password mismatch}, only with
 * {@code auth_verbose=yes}) and the login process's when the client leaves ({@code auth failed, 2 attempts}). Both are
 * {@code auth_failure}, as either may be the only one; only the second carries {@code attempts}, and both carry the
 * session, or at least client and account, so that they can be counted once.
 */
public final class DovecotParser implements DaemonParser {
    private static final RuleList LOGIN = new RuleList(DovecotLogin.RULES);
    private static final RuleList AUTH = new RuleList(DovecotAuth.RULES);
    private static final RuleList MAIL = new RuleList(DovecotMail.RULES);
    private static final RuleList MASTER = new RuleList(DovecotMaster.RULES);

    /** The name {@code auth} is what Dovecot's authentication gives itself when PAM logs for it. */
    @Override
    public boolean owns(String program) {
        return program.equals("dovecot")
                || program.equals("auth")
                || program.equals("auth-worker")
                || program.equals("dovecot-auth");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.DOVECOT);
        Cursor cursor = new Cursor(event.line().message());
        String program = event.line().program();
        cursor.take("dovecot: ");
        String process = program.equals("dovecot") ? process(cursor) : "auth";
        boolean known;
        if (process.endsWith("-login")) {
            service(process.substring(0, process.length() - "-login".length()), event);
            cursor.take("Info: ");
            known = LOGIN.read(cursor, event);
        } else if (process.equals("auth") || process.equals("auth-worker")) {
            skipNumber(cursor);
            skipConnection(cursor);
            cursor.take("Info: ");
            known = AUTH.read(cursor, event);
        } else if (service(process, event)) {
            // LMTP's user is whom a message is for; nobody has logged in.
            owner(cursor, process.equals("lmtp") ? Field.RECIPIENT : Field.ACCOUNT, event);
            cursor.take("Info: ");
            known = MAIL.read(cursor, event);
        } else {
            skipOwner(cursor);
            known = false;
        }
        if (!known && !MASTER.read(cursor, event)) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        return Stream.of(LOGIN, AUTH, MAIL, MASTER)
                .flatMap(list -> list.rules().stream())
                .toList();
    }

    /** The process's name: letters, digits and dashes before a colon or an opening bracket. */
    private static String process(Cursor cursor) {
        String text = cursor.text();
        int start = cursor.at();
        int end = start;
        while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != '(' && text.charAt(end) != ' ') {
            end++;
        }
        cursor.moveTo(end);
        if (!cursor.take(": ")) {
            cursor.moveTo(end);
        }
        return text.substring(start, end);
    }

    private static boolean service(String process, Event.Builder event) {
        String service = switch (process) {
            case "imap", "imap-hibernate" -> "imap";
            case "pop3" -> "pop3";
            case "lmtp" -> "lmtp";
            case "sieve", "managesieve" -> "sieve";
            case "submission" -> "submission";
            default -> "";
        };
        if (!service.isEmpty()) {
            event.put(Field.SERVICE, service);
        }
        return !service.isEmpty();
    }

    /** Skips {@code (123): } or {@code (default): }; what stands there since 2.4 is for the rules. */
    private static void skipNumber(Cursor cursor) {
        int start = cursor.at();
        if (cursor.take('(') && (cursor.take("default") || cursor.number() >= 0) && cursor.take("): ")) {
            return;
        }
        cursor.moveTo(start);
    }

    /** Skips {@code conn unix:auth-worker (pid=1,uid=97): auth-worker<1>: }, which 2.3 writes before a worker's words. */
    private static void skipConnection(Cursor cursor) {
        if (cursor.sees("conn unix:")) {
            cursor.upTo("): ");
            cursor.upTo(">: ");
        }
    }

    /** Skips {@code (owner)<pid><session>: }, where it stands. */
    private static void skipOwner(Cursor cursor) {
        if (cursor.peek() == '(') {
            cursor.upTo(": ");
        }
    }

    /**
     * Reads {@code (user)<pid><session>: }, {@code (user): } or {@code (pid): }. The user is logged in, so this is no
     * stranger's text.
     */
    private static void owner(Cursor cursor, Field field, Event.Builder event) {
        if (!cursor.take('(')) {
            return;
        }
        String inside = cursor.upTo(')');
        boolean isPid = !inside.isEmpty() && inside.chars().allMatch(c -> c >= '0' && c <= '9');
        int session = inside.indexOf(",<");
        String user = inside.substring(0, session < 0 ? inside.length() : session);
        if (!isPid && !user.isEmpty()) {
            event.put(field, user);
        }
        if (cursor.take('<')) {
            cursor.upTo('>');
            if (cursor.take('<')) {
                event.put(Field.SESSION, cursor.upTo('>'));
            }
        }
        cursor.take(": ");
    }
}
