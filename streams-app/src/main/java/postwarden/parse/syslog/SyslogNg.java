package postwarden.parse.syslog;

import java.util.List;
import postwarden.event.Kind;
import postwarden.parse.rule.Rule;

/** Lines of syslog-ng about itself (syslog-ng 3 and 4, {@code lib/mainloop.c}, {@code lib/logqueue-fifo.c}, {@code lib/stats}). */
final class SyslogNg {
    static final List<Rule> RULES = List.of(
            new Rule("syslog-ng/statistics", "Log statistics; ", Remark.text(Kind.STATS)),
            new Rule("syslog-ng/started", "syslog-ng starting up", Remark.text(Kind.LIFECYCLE)),
            new Rule("syslog-ng/stopped", "syslog-ng shutting down", Remark.text(Kind.LIFECYCLE)),
            new Rule("syslog-ng/version", "syslog-ng version ", Remark.text(Kind.LIFECYCLE)),
            new Rule("syslog-ng/reload", "Configuration reload", Remark.text(Kind.LIFECYCLE)),
            new Rule("syslog-ng/queue-full", "Destination queue full, dropping message", Remark.gap()),
            new Rule("syslog-ng/dropped", "Message(s) dropped while sending message to destination", Remark.gap()),
            new Rule(
                    "syslog-ng/given-up",
                    "Multiple failures while sending message(s) to destination, message(s) dropped",
                    Remark.gap()),
            new Rule(
                    "syslog-ng/trouble",
                    "",
                    Remark.containing(
                            Kind.WARNING,
                            "error",
                            "warning",
                            "disconnected",
                            "connection broken",
                            "connections exceeded",
                            "connections reached",
                            "connection failed")),
            new Rule("syslog-ng/note", "", Remark.text(Kind.OTHER)));

    private SyslogNg() {}
}
