package postwarden.parse.opensmtpd;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * OpenSMTPD 5.3 to 7.9: {@code 08d856b172f69c5c smtp connected address=192.0.2.1 host=a.example}, in 6.0 with
 * {@code event=} before the event and the client's address on every line, until 5.9 {@code smtp-in: New session …}. The
 * address stands on the first line of a session alone (but for 6.0), so a session's other lines name it by its id.
 */
public final class OpensmtpdParser implements DaemonParser {
    private static final int SESSION_DIGITS = 16;

    /** What stands there when a destination was given up without a session. */
    private static final String NO_SESSION = "0000000000000000";

    private final RuleList incoming;
    private final RuleList outgoing;
    private final RuleList others;

    /** @param replies what replies mean */
    public OpensmtpdParser(Replies replies) {
        incoming = new RuleList(new OpensmtpdSessions(replies).rules());
        OpensmtpdDelivery deliveries = new OpensmtpdDelivery(replies);
        outgoing = new RuleList(deliveries.rules());
        List<Rule> rest = new ArrayList<>(new OpensmtpdOld(replies, deliveries).rules());
        rest.addAll(notices());
        others = new RuleList(rest);
    }

    @Override
    public boolean owns(String program) {
        return program.equals("smtpd") || program.equals("opensmtpd") || program.equals("smtpctl");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.OPENSMTPD);
        Cursor cursor = new Cursor(event.line().message());
        String session = session(cursor);
        boolean known;
        if (session.isEmpty()) {
            known = others.read(cursor, event);
        } else {
            if (!session.equals(NO_SESSION)) {
                event.put(Field.SESSION, session);
            }
            boolean in = cursor.take(" smtp ");
            boolean out = !in && (cursor.sees(" mta ") || cursor.sees(" mda "));
            cursor.moveTo(out ? cursor.at() + 1 : cursor.at());
            known = in ? incoming(cursor, event) : out && outgoing.read(cursor, event);
        }
        if (!known) {
            event.clear();
        }
    }

    private boolean incoming(Cursor cursor, Event.Builder event) {
        cursor.take("event=");
        event.put(Field.SERVICE, "smtp");
        return incoming.read(cursor, event);
    }

    @Override
    public List<Rule> rules() {
        return Stream.of(incoming, outgoing, others)
                .flatMap(list -> list.rules().stream())
                .toList();
    }

    /** The 16 hexadecimal digits that begin the message, moving behind them; empty when they do not. */
    static String session(Cursor cursor) {
        String text = cursor.text();
        int start = cursor.at();
        int end = start;
        while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 'g') {
            end++;
        }
        if (end - start != SESSION_DIGITS) {
            return "";
        }
        cursor.moveTo(end);
        return text.substring(start, end);
    }

    private static List<Rule> notices() {
        return List.of(
                new Rule("opensmtpd/limit", "warn: Disabling incoming SMTP connections: ", OpensmtpdParser::limit),
                new Rule("opensmtpd/started", "info: OpenSMTPD ", OpensmtpdParser::started),
                Remarks.beginning(
                        "opensmtpd/lifecycle",
                        Kind.LIFECYCLE,
                        "info: mda ",
                        "info: mta ",
                        "info: smtp ",
                        "info: OpenSMTPD",
                        "version: ",
                        "Exiting",
                        "warn: Re-enabling incoming",
                        "info: startup",
                        "info: Table",
                        "info: "),
                Remarks.beginning("opensmtpd/error", Kind.ERROR, "fatal", "error: ", "lost child"),
                Remarks.beginning(
                        "opensmtpd/warning",
                        Kind.WARNING,
                        "warn",
                        "queue: ",
                        "rename",
                        "unlink",
                        "SRS failed",
                        "commands executed",
                        "getaddrinfo",
                        "getnameinfo",
                        "smtpd: process",
                        "envelope: ",
                        "chown",
                        "chmod",
                        "mkdir",
                        "proxy "),
                Remarks.beginning(
                        "opensmtpd/note",
                        Kind.OTHER,
                        "debug: ",
                        "filter",
                        "lookup: ",
                        "stat: ",
                        "smtp: ",
                        "mta: ",
                        "mda: "));
    }

    private static boolean limit(Cursor cursor, Event.Builder event) {
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.SERVICE, "smtp")
                .put(Field.LIMIT, Limit.SERVER_CONNECTIONS)
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.REASON, Reason.TOO_MANY_CONNECTIONS);
        return true;
    }

    /** {@code info: OpenSMTPD 7.6.0 starting}. */
    private static boolean started(Cursor cursor, Event.Builder event) {
        String version = cursor.word();
        if (!cursor.sees(" starting")) {
            return false;
        }
        event.put(Field.VERSION, version);
        return Remarks.put(Kind.LIFECYCLE, event);
    }
}
