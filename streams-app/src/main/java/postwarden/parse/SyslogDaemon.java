package postwarden.parse;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;

/** The logging system itself: rsyslogd and systemd-journald. */
final class SyslogDaemon implements DaemonParser {

    @Override
    public boolean owns(String program) {
        return program.startsWith("rsyslogd");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.SYSLOG);
    }

    @Override
    public List<Rule> rules() {
        return List.of();
    }
}
