package postwarden.parse.syslog;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/** The logging system itself, where it says that lines are missing or that it starts (rsyslog 8.2302, systemd 252). */
public final class SyslogDaemon implements DaemonParser {
    private static final List<Rule> RULES = List.of(
            new Rule("imuxsock/lost", "imuxsock[pid: ", SyslogDaemon::socketDropped),
            new Rule("imuxsock/lost-from", "imuxsock lost ", SyslogDaemon::lostCount),
            new Rule("imuxsock/begins", "imuxsock begins to drop ", gap()),
            new Rule("imjournal/begins", "imjournal: begin to drop ", gap()),
            new Rule("imjournal/lost", "imjournal: ", SyslogDaemon::journalLost),
            new Rule("rsyslogd/origin", "[origin software=\"rsyslogd\"", text(Kind.LIFECYCLE)),
            new Rule("syslogd/repeated", "last message repeated ", text(Kind.OTHER)),
            new Rule("rsyslogd/suspended", "action '", text(Kind.WARNING)),
            new Rule("journald/suppressed", "Suppressed ", SyslogDaemon::lostCount),
            new Rule("journald/forwarding", "Forwarding to syslog missed ", SyslogDaemon::lostCount),
            new Rule("journald/missed", "Missed ", SyslogDaemon::lostCount),
            new Rule("journald/started", "Journal started", text(Kind.LIFECYCLE)),
            new Rule("journald/stopped", "Journal stopped", text(Kind.LIFECYCLE)),
            new Rule("journald/corrupted", "File ", SyslogDaemon::corrupted),
            new Rule("journald/size", "System Journal (", text(Kind.STATS)),
            new Rule("journald/runtime-size", "Runtime Journal (", text(Kind.STATS)));
    private static final RuleList LIST = new RuleList(RULES);

    @Override
    public boolean owns(String program) {
        return program.startsWith("rsyslogd") || program.equals("syslogd") || program.startsWith("systemd-journal");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.SYSLOG);
        if (!LIST.read(new Cursor(event.line().message()), event)) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        return RULES;
    }

    /** {@code imuxsock[pid: 232, name: smtpd]: 14 messages lost …} or {@code … from <mx:postfix/smtpd>: begin to drop …}. */
    private static boolean socketDropped(Cursor cursor, Event.Builder event) {
        cursor.upTo("]");
        if (cursor.take(": ")) {
            return lostCount(cursor, event);
        }
        cursor.upToLast(">: ");
        return cursor.sees("begin to drop messages") && gap().read(cursor, event);
    }

    private static boolean journalLost(Cursor cursor, Event.Builder event) {
        return cursor.ahead(" messages lost due to rate-limiting") && lostCount(cursor, event);
    }

    private static boolean lostCount(Cursor cursor, Event.Builder event) {
        long lost = cursor.number();
        if (lost < 0 || !cursor.ahead("message")) {
            return false;
        }
        event.put(Field.LOST, lost);
        return gap().read(cursor, event);
    }

    private static boolean corrupted(Cursor cursor, Event.Builder event) {
        return cursor.ahead(" corrupted or uncleanly shut down") && gap().read(cursor, event);
    }

    private static Rule.Reading gap() {
        return text(Kind.LOG_GAP);
    }

    private static Rule.Reading text(Kind kind) {
        return (cursor, event) -> {
            event.kind(kind).put(Field.TEXT, event.line().message());
            return true;
        };
    }
}
