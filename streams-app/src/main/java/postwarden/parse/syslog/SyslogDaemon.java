package postwarden.parse.syslog;

import java.util.List;
import java.util.Optional;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.LogRecord;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/** The logging system itself, where it says that lines are missing or that it starts, and who starts and ends its services. */
public final class SyslogDaemon implements DaemonParser {
    private static final RuleList RSYSLOG = new RuleList(Rsyslog.RULES);
    private static final RuleList JOURNALD = new RuleList(Journald.RULES);
    private static final RuleList SYSLOG_NG = new RuleList(SyslogNg.RULES);
    private static final RuleList SYSLOGD = new RuleList(Syslogd.RULES);
    private static final RuleList SYSTEMD = new RuleList(Systemd.RULES);
    private static final RuleList KERNEL = new RuleList(Kernel.RULES);
    private static final RuleList NOTHING = new RuleList(List.of());

    @Override
    public boolean owns(String program) {
        return list(program) != NOTHING;
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.SYSLOG);
        if (!list(event.line().program()).read(new Cursor(event.line().message()), event)) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        return List.of(RSYSLOG, JOURNALD, SYSLOG_NG, SYSLOGD, SYSTEMD, KERNEL).stream()
                .flatMap(list -> list.rules().stream())
                .toList();
    }

    /**
     * {@code last message repeated 3 times} behind the tag of the program that wrote the message (rsyslog 3 to 6, sysklogd):
     * syslogd's words under a daemon's name. Empty for any other message.
     */
    public static Optional<Event.Builder> repetition(LogRecord.Line line) {
        if (!Syslogd.isRepetition(line.message())) {
            return Optional.empty();
        }
        Event.Builder event = new Event.Builder(line, Daemon.SYSLOG);
        SYSLOGD.read(new Cursor(line.message()), event);
        return Optional.of(event);
    }

    /** Rsyslog 5 and 7 write a number behind their name, and its library a name of its own. */
    private static RuleList list(String program) {
        if (program.startsWith("rsyslogd")) {
            return RSYSLOG;
        }
        if (program.startsWith("systemd-journal")) {
            return JOURNALD;
        }
        return switch (program) {
            case "liblogging-stdlog" -> RSYSLOG;
            case "journal" -> JOURNALD;
            case "syslog-ng" -> SYSLOG_NG;
            case "syslogd" -> SYSLOGD;
            case "systemd" -> SYSTEMD;
            case "kernel" -> KERNEL;
            default -> NOTHING;
        };
    }
}
