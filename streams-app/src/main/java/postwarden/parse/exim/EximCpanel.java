package postwarden.parse.exim;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Status;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** What cPanel's Exim configuration writes into Exim's log (cPanel and WHM documentation, versions 11.44 to 110). */
final class EximCpanel {
    static final List<Rule> RULES = List.of(
            new Rule("exim/cpanel-login", "SMTP connection identification ", EximCpanel::identification),
            new Rule("exim/cpanel-outbound", "SMTP connection outbound ", EximCpanel::other),
            new Rule("exim/cpanel-sender", "Sender identification ", EximCpanel::sender),
            new Rule("exim/cpanel-hold", "Domain ", EximCpanel::hold),
            new Rule("exim/cpanel-hold-sender", "Sender ", EximCpanel::hold));

    private static final List<String> IDENTIFIED = List.of("H=", "A=", "P=", "U=", "ID=", "S=", "B=");

    private EximCpanel() {}

    /**
     * Reads {@code Domain d has exceeded the max emails per hour (125/100 (125%)) allowed. Message discarded.} or {@code …
     * will be reattempted later}; {@code max defers and failures per hour (5/5 (100%))}; {@code Sender s has an outgoing
     * mail hold}.
     */
    static boolean accountLimit(String text, Event.Builder event) {
        Cursor cursor = new Cursor(text);
        cursor.take('"');
        if (!cursor.take("Domain ") && !cursor.take("Sender ")) {
            return false;
        }
        String account = cursor.word();
        boolean held = cursor.sees(" has an outgoing mail ");
        if (account.isEmpty() || (!held && !exceeded(cursor, event))) {
            return false;
        }
        boolean discarded = cursor.ahead("discarded");
        event.kind(Kind.POLICY)
                .put(Field.ACCOUNT, account)
                .put(Field.REASON, held ? Reason.MAILBOX_DISABLED : Reason.ACCOUNT_LIMIT)
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.REPLY_TEXT, text);
        if (discarded || !held) {
            event.put(Field.STATUS, discarded ? Status.DISCARDED : Status.DEFERRED);
        }
        return true;
    }

    private static boolean exceeded(Cursor cursor, Event.Builder event) {
        if (!cursor.take(" has exceeded the max ")) {
            return false;
        }
        boolean failures = cursor.take("defers and failures per hour (");
        if (!failures && !cursor.take("emails per hour (")) {
            return false;
        }
        EximText.count(cursor, event, Field.OBSERVED);
        if (cursor.take('/')) {
            EximText.count(cursor, event, Field.LIMIT_VALUE);
        }
        event.put(Field.LIMIT, failures ? Limit.ACCOUNT_DEFER_FAIL : Limit.ACCOUNT_HOURLY);
        return true;
    }

    private static boolean hold(Cursor cursor, Event.Builder event) {
        int end = cursor.text().length();
        String text = cursor.text().substring(cursor.at() - "Domain ".length(), end);
        return accountLimit(text, event);
    }

    /** {@code H=localhost A=127.0.0.1 P=54321 U=blog ID=1001 S=blog B=identify_local_connection}: whose a local session is. */
    private static boolean identification(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.text());
        String user = "";
        for (String key : IDENTIFIED) {
            if (!cursor.take(key)) {
                return true;
            }
            String value = cursor.word();
            user = key.equals("U=") ? value : user;
            cursor.take(' ');
        }
        if (cursor.atEnd() && !user.isEmpty()) {
            event.put(Field.ACCOUNT, user);
        }
        return true;
    }

    /** {@code U=blog D=example.com S=blog@example.com}: the user whose script sent the message. */
    private static boolean sender(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER);
        int from = cursor.at();
        if (cursor.take("U=")) {
            String user = cursor.word();
            if (!user.isEmpty() && cursor.sees(" D=")) {
                event.put(Field.ACCOUNT, user);
            }
        }
        cursor.moveTo(from);
        event.put(Field.TEXT, cursor.rest());
        return true;
    }

    private static boolean other(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.text());
        return true;
    }
}
