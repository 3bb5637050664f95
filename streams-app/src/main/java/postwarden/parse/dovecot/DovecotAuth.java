package postwarden.parse.dovecot;

import java.util.List;
import java.util.stream.Stream;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Dovecot's authentication service and its workers, 2.2 to 2.4: {@code passwd-file(user,ip,<session>): Password mismatch},
 * {@code conn unix:auth-worker (pid=…,uid=…): auth-worker<7>: sql(…): unknown user},
 * {@code auth(user,ip,sasl:plain)<session>: sql: Password mismatch}; and PAM's lines in its name.
 *
 * <p>What a worker refused, the authentication process does not log again, so a worker's words count.
 */
final class DovecotAuth {
    /** What is said of a login; read where the words begin, by their level. */
    private static final RuleList ABOUT = new RuleList(AuthWords.RULES);

    private static final RuleList ABOUT_WORSE = new RuleList(List.of(
            new Rule("auth/failed", "Error: ", DovecotAuth::error),
            new Rule("auth/warned", "Warning: ", DovecotAuth::warning),
            new Rule("auth/debug", "Debug: ", DovecotAuth::nothing)));

    /** What is said of nobody. */
    private static final RuleList GENERAL = new RuleList(List.of(
            new Rule("auth/client-gone", "Error: auth client ", DovecotAuth::clientGone),
            new Rule("auth/client-left", "Warning: auth client ", DovecotAuth::clientGone),
            new Rule("auth/worker-failed", "Error: auth worker: Aborted ", DovecotAuth::error),
            new Rule("auth/worker-limit", "Warning: auth workers: Auth request was queued for ", DovecotAuth::error),
            new Rule("auth/database", "Error: ", DovecotAuth::database),
            new Rule("auth/database-fatal", "Fatal: ", DovecotAuth::database)));

    /** Beginnings of errors of the databases behind (sources 2.3: db-sql.c, db-ldap.c, passdb-pam.c). */
    private static final List<String> DATABASES = List.of(
            "mysql(",
            "mysql: ",
            "pgsql(",
            "pgsql: ",
            "sqlite(",
            "sqlite: ",
            "cassandra(",
            "ldap(",
            "LDAP: ",
            "LDAP(",
            "sql(",
            "sql: ",
            "passwd-file ",
            "passwd-file:",
            "passwd-file(",
            "pam(",
            "dict(",
            "oauth2: ",
            "lua(",
            "auth workers: ",
            "auth worker: ",
            "auth-worker: ",
            "checkpassword(",
            "userdb ",
            "passdb ");

    private DovecotAuth() {}

    static List<Rule> rules() {
        return Stream.of(ABOUT, ABOUT_WORSE, GENERAL)
                .flatMap(list -> list.rules().stream())
                .toList();
    }

    /** Reads behind the process's name. */
    static boolean read(Cursor cursor, Event.Builder event) {
        AuthLine line = AuthLine.of(cursor.text(), cursor.at());
        if (!line.identity().isSaid()) {
            cursor.take("Info: ");
            return GENERAL.read(cursor, event);
        }
        line.identity().put(event);
        if (!line.level().isEmpty()) {
            return ABOUT_WORSE.read(new Cursor(line.level()), event) && text(cursor, event);
        }
        cursor.moveTo(line.firstSaidAt());
        ABOUT.read(cursor, event);
        if (line.identity().isAmbiguous()) {
            agree(cursor, line, event);
        }
        return true;
    }

    /** Keeps a meaning only where the one other possible beginning of the words has it too, or has none that is known. */
    private static void agree(Cursor cursor, AuthLine line, Event.Builder event) {
        Event first = event.build();
        event.clear().put(Field.AMBIGUOUS, true);
        cursor.moveTo(line.saidAt());
        ABOUT.read(cursor, event);
        Event last = event.build();
        boolean lastIsKnown = !last.is(Kind.OTHER);
        boolean agreed = line.identity().ends() == 2 && (first.is(last.kind()) || first.is(Kind.OTHER) || !lastIsKnown);
        Event kept = lastIsKnown ? last : first;
        event.clear().kind(agreed ? kept.kind() : Kind.OTHER).put(Field.AMBIGUOUS, true);
        event.rule(agreed ? kept.rule() : AuthWords.OTHER);
        if (agreed && kept.has(Field.REASON)) {
            event.put(Field.REASON, kept.reason());
        }
    }

    /** Adds the words of a line that was read by its level alone. */
    private static boolean text(Cursor cursor, Event.Builder event) {
        if (event.has(Field.TEXT)) {
            event.put(Field.TEXT, GivenPassword.cut(cursor.text()));
        }
        return true;
    }

    private static boolean clientGone(Cursor cursor, Event.Builder event) {
        if (!cursor.ahead(" disconnected with ")) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.TEXT, "auth client " + cursor.rest());
        return true;
    }

    private static boolean error(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_ERROR)
                .put(Field.REASON, Reason.TEMPORARY_ERROR)
                .put(Field.TEXT, GivenPassword.cut(cursor.text()));
        return true;
    }

    private static boolean warning(Cursor cursor, Event.Builder event) {
        event.kind(Kind.WARNING).put(Field.TEXT, "");
        return true;
    }

    /** Debugging may show credentials in many forms, so that nothing is kept. */
    private static boolean nothing(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER);
        return true;
    }

    private static boolean database(Cursor cursor, Event.Builder event) {
        return DATABASES.stream().anyMatch(cursor::sees) && error(cursor, event);
    }
}
