package postwarden.parse.dovecot;

import java.util.List;
import java.util.Locale;
import java.util.Set;
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
 * unless syslog has the level in its own place, with {@code Info: }. In Dovecot's own log file who wrote it stands where
 * syslog has the program; before 2.0 the level stands there, and who wrote it behind that.
 *
 * <p>One guess can leave two lines: the authentication service's ({@code Password mismatch}, only with
 * {@code auth_verbose=yes}) and the login process's when the client leaves ({@code auth failed, 2 attempts}). Both are
 * {@code auth_failure}, as either may be the only one; only the second carries {@code attempts}, and both carry the
 * session, or at least client and account, so that they can be counted once.
 */
public final class DovecotParser implements DaemonParser {
    private static final RuleList LOGIN = new RuleList(DovecotLogin.RULES);
    private static final RuleList MAIL = new RuleList(DovecotMail.RULES);
    private static final RuleList MASTER = new RuleList(DovecotMaster.RULES);
    private static final RuleList REST = new RuleList(Levels.RULES);

    /** Who writes to Dovecot's own log, behind whom no user stands; {@code imap} and the like always have brackets. */
    private static final Set<String> PROGRAMS = Set.of(
            "dovecot",
            "dovecot-auth",
            "auth",
            "auth-worker",
            "anvil",
            "config",
            "dict",
            "dict-async",
            "director",
            "dns_client",
            "doveadm",
            "doveadm-server",
            "imap-hibernate",
            "imap-urlauth",
            "indexer",
            "indexer-worker",
            "ipc",
            "lda",
            "log",
            "managesieve",
            "old-stats",
            "replicator",
            "aggregator",
            "ssl-params",
            "stats",
            "submission",
            "master",
            "health-check");

    private static final Set<String> LOGINS = Set.of(
            "imap-login", "pop3-login", "submission-login", "managesieve-login", "sieve-login", "imap-urlauth-login");

    /** Programs whose user stands behind them in brackets. */
    private static final List<String> WITH_USER = List.of(
            "imap(",
            "pop3(",
            "lmtp(",
            "submission(",
            "managesieve(",
            "sieve(",
            "lda(",
            "auth(",
            "auth-worker(",
            "doveadm(",
            "dsync-local(",
            "dsync-remote(",
            "dsync-server(",
            "indexer-worker(",
            "imap-hibernate(",
            "quota-status(",
            "script(",
            "imap-urlauth(",
            "imap-urlauth[",
            "log(",
            "config(",
            "stats(",
            "anvil(",
            "dict(");

    /** What stands in the place of a program in Dovecot's own log before 2.0, who wrote it behind that. */
    private static final Set<String> OLD_LEVELS = Set.of("Info", "Warn", "Warning", "Error", "Fatal", "Panic");

    /** How a message in such a log begins, besides the programs above. */
    private static final List<String> OLD_BEGINNINGS =
            List.of("IMAP(", "POP3(", "LDA(", "deliver(", "dict: ", "Dovecot v", "Killed with signal ");

    /** A name that only Dovecot or PAM in its name writes needs no level behind it. */
    private static final Set<String> SURELY = Set.of("dovecot", "dovecot-auth", "auth", "auth-worker");

    @Override
    public boolean owns(String program) {
        return PROGRAMS.contains(program)
                || LOGINS.contains(program)
                || OLD_LEVELS.contains(program)
                || WITH_USER.stream().anyMatch(program::startsWith);
    }

    @Override
    public void read(Event.Builder event) {
        String program = event.line().program();
        String message = event.line().message();
        boolean oldLog = OLD_LEVELS.contains(program);
        if (oldLog && !isOldLog(message)) {
            return;
        }
        boolean ownLog = !program.equals("dovecot") && !program.equals("Info");
        boolean other = PROGRAMS.contains(program) && !SURELY.contains(program) && !Levels.isLevel(new Cursor(message));
        if (other || isPam(message)) {
            return;
        }
        event.daemon(Daemon.DOVECOT);
        Cursor cursor = new Cursor(ownLog ? program + ": " + message : message);
        if (!ownLog) {
            cursor.take("dovecot: ");
        }
        if (!process(cursor, event) && !MASTER.read(cursor, event)) {
            REST.read(cursor, event);
        }
    }

    @Override
    public List<Rule> rules() {
        return Stream.of(LOGIN.rules(), DovecotAuth.rules(), MAIL.rules(), MASTER.rules(), REST.rules())
                .flatMap(List::stream)
                .toList();
    }

    /** Whether the message begins as those of an old log do; others write under a level's name too. */
    private static boolean isOldLog(String message) {
        return OLD_BEGINNINGS.stream().anyMatch(message::startsWith)
                || WITH_USER.stream().anyMatch(message::startsWith)
                || LOGINS.stream().anyMatch(login -> message.startsWith(login + ": "));
    }

    /** Whether one of PAM's modules wrote it in the name of this program; the database {@code pam(user,…)} is Dovecot's own. */
    private static boolean isPam(String message) {
        return message.startsWith("pam_") || message.startsWith("(pam_") || message.startsWith("PAM ");
    }

    /** Reads who wrote the message and what it says, if that is known. */
    private static boolean process(Cursor cursor, Event.Builder event) {
        String process = name(cursor);
        if (process.endsWith("-login")) {
            service(process.substring(0, process.length() - "-login".length()), event);
            skipNumber(cursor);
            cursor.take("Info: ");
            return LOGIN.read(cursor, event);
        }
        if (process.equals("auth") || process.equals("auth-worker") || process.equals("dovecot-auth")) {
            skipNumber(cursor);
            return DovecotAuth.read(cursor, event);
        }
        // Before 1.2 the names of mail processes were in capitals, and LDA was called deliver.
        boolean serves = service(process.toLowerCase(Locale.ROOT), event);
        // LMTP's user is whom a message is for; nobody has logged in.
        boolean known = Owner.read(
                cursor, List.of("lmtp", "lda", "deliver").contains(process) ? Field.RECIPIENT : Field.ACCOUNT, event);
        cursor.take("Info: ");
        return (serves || known) && MAIL.read(cursor, event);
    }

    /** The process's name: what stands before a colon, a bracket or a space. */
    private static String name(Cursor cursor) {
        String text = cursor.text();
        int start = cursor.at();
        int end = start;
        while (end < text.length() && ":([< ".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        cursor.moveTo(Levels.isLevel(cursor) ? start : end);
        if (cursor.at() == start) {
            return "";
        }
        if (!cursor.take(": ") && cursor.peek() != '(' && cursor.peek() != '[' && cursor.peek() != '<') {
            cursor.moveTo(start);
        }
        return text.substring(start, end);
    }

    private static boolean service(String process, Event.Builder event) {
        String service = switch (process) {
            case "imap", "imap-hibernate", "imap-urlauth" -> "imap";
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

    /** Skips {@code (123): } or {@code (default): }; what else stands in brackets is for the rules. */
    private static void skipNumber(Cursor cursor) {
        int start = cursor.at();
        boolean skipped = cursor.take('(') && (cursor.take("default") || cursor.number() >= 0) && cursor.take("): ");
        if (!skipped) {
            cursor.moveTo(start);
        }
    }
}
