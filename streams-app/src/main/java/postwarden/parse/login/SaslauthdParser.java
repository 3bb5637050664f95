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
 * saslauthd of Cyrus SASL 2.1: {@code do_auth         : auth failure: [user=…] [service=…] [realm=…] [mech=…] [reason=…]}
 * (saslauthd-main.c). It never learns the client's address. The user stands first and is a stranger's text, so it is
 * taken only where its end is certain. Plesk has a saslauthd of its own.
 */
public final class SaslauthdParser implements DaemonParser {
    private static final String SERVICE = "] [service=";
    private static final String FOR_USER = "attempt for user '";

    /** Reasons that are no word on the password (auth_*.c of 2.1.28). */
    private static final List<String> TROUBLES = List.of(
            "internal error", "[ALERT]", "start error", "name error", "synchronizing", "NULL password", "No memory");

    /** What lak.c says of a name or password that is wrong. */
    private static final List<String> REFUSALS =
            List.of("Invalid password", "User not found", "Bind to ldap server failed");

    private static final RuleList RULES = new RuleList(List.of(
            new Rule("saslauthd/failure", "auth failure: [user=", SaslauthdParser::failure),
            new Rule("saslauthd/success", "auth success: [user=", SaslauthdParser::success),
            new Rule("saslauthd/cached-success", "auth success (cached): [user=", SaslauthdParser::success),
            new Rule("saslauthd/ldap-failure", "Authentication failed for ", SaslauthdParser::ldapFailure),
            new Rule(
                    "saslauthd/plesk-failure", "failed mail authentication " + FOR_USER, SaslauthdParser::pleskFailure),
            new Rule(
                    "saslauthd/plesk-misspelt",
                    "failed mail authenticatication " + FOR_USER,
                    SaslauthdParser::pleskFailure),
            Remarks.beginning("saslauthd/plesk-unknown", Kind.OTHER, "No such user '"),
            Remarks.beginning(
                    "saslauthd/lifecycle",
                    Kind.LIFECYCLE,
                    "master pid is",
                    "listening on socket",
                    "door on",
                    "starting ",
                    "master exited",
                    "child exited",
                    "server_exit"),
            Remarks.holding(
                    "saslauthd/unavailable",
                    Kind.AUTH_ERROR,
                    "internal mechanism failure",
                    "ldap_simple_bind() failed",
                    "ldap_sasl_interactive_bind() failed",
                    "ldap_search_st() failed",
                    "ldap_initialize failed",
                    "couldn't connect to ",
                    "start tls failed",
                    "Can't contact LDAP"),
            Remarks.beginning("saslauthd/any", Kind.OTHER, "")));

    @Override
    public boolean owns(String program) {
        return program.equals("saslauthd") || program.equals("plesk_saslauthd") || program.endsWith("/saslauthd");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.SASLAUTHD);
        Cursor cursor = new Cursor(event.line().message());
        if (cursor.sees("pam_") || cursor.sees("(pam_") || cursor.sees("PAM ")) {
            return;
        }
        skipFunction(cursor);
        if (!RULES.read(cursor, event)) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        return RULES.rules();
    }

    /** {@code do_auth         : }: the function's name, filled up to 16 characters. */
    private static void skipFunction(Cursor cursor) {
        // Some builds leave the name out, and the colon stays.
        if (cursor.take(':')) {
            cursor.skipSpaces();
            return;
        }
        int colon = cursor.text().indexOf(": ");
        String name = colon < 0 ? " " : cursor.text().substring(0, colon).stripTrailing();
        boolean function = name.chars().allMatch(c -> c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
        cursor.moveTo(function ? colon + 2 : 0);
    }

    private static boolean failure(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int end = text.lastIndexOf("] [reason=");
        if (end < 0) {
            return false;
        }
        String why = text.substring(end);
        if (TROUBLES.stream().anyMatch(why::contains)) {
            event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TEMPORARY_ERROR);
        } else if (why.contains("PAM acct error")) {
            event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.ACCESS_DENIED);
        } else {
            event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        }
        return account(cursor, event);
    }

    private static boolean success(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_SUCCESS);
        return account(cursor, event);
    }

    private static boolean account(Cursor cursor, Event.Builder event) {
        String user = cursor.upTo(SERVICE);
        String service = cursor.upTo(']');
        if (cursor.ahead(SERVICE)) {
            event.put(Field.AMBIGUOUS, true);
            return true;
        }
        String known = PamAttempt.service(service);
        if (!known.isEmpty()) {
            event.put(Field.SERVICE, known);
        }
        event.put(Field.ACCOUNT, user);
        return true;
    }

    /** {@code Authentication failed for sam/example.com: Bind to ldap server failed (…) (-7)} (lak.c). */
    private static boolean ldapFailure(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int end = text.lastIndexOf(": ");
        if (end < cursor.at()) {
            return false;
        }
        String why = text.substring(end + 2);
        boolean refused = REFUSALS.stream().anyMatch(why::startsWith);
        event.kind(refused ? Kind.AUTH_FAILURE : Kind.AUTH_ERROR);
        event.put(Field.REASON, refused ? Reason.AUTHENTICATION : Reason.TEMPORARY_ERROR);
        String user = text.substring(cursor.at(), end);
        int realm = user.lastIndexOf('/');
        event.put(Field.ACCOUNT, realm < 0 ? user : user.substring(0, realm));
        return true;
    }

    /**
     * {@code failed mail authentication attempt for user 'sam@example.com' (password len=10)} (Plesk 12 to Obsidian, lines in
     * public). It follows {@code No such user 'sam@example.com' in mail authorization database} where there is none, so that
     * this one is the attempt and that a remark.
     */
    private static boolean pleskFailure(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int end = text.lastIndexOf("' (password len=");
        if (end < cursor.at() || !text.endsWith(")")) {
            return false;
        }
        event.kind(Kind.AUTH_FAILURE)
                .put(Field.REASON, Reason.AUTHENTICATION)
                .put(Field.ACCOUNT, text.substring(cursor.at(), end));
        return true;
    }
}
