package postwarden.parse.syslog;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** Lines of the older syslogd about itself (FreeBSD 14 {@code usr.sbin/syslogd}, sysklogd 1.5, BusyBox 1.36). */
final class Syslogd {
    static final List<Rule> RULES = List.of(
            new Rule("syslogd/repeated", "last message repeated ", Syslogd::repeated),
            new Rule("syslogd/mark", "-- MARK --", Remark.text(Kind.OTHER)),
            new Rule(
                    "syslogd/restart",
                    "",
                    Remark.containing(
                            Kind.LIFECYCLE,
                            "restart",
                            "exiting on signal",
                            "going down on signal",
                            "started: busybox",
                            "exiting")),
            new Rule("syslogd/note", "", Remark.text(Kind.OTHER)));

    private Syslogd() {}

    /** {@code last message repeated 3 times}: which one is not said here, so only the number of lines is. */
    private static boolean repeated(Cursor cursor, Event.Builder event) {
        long times = cursor.number();
        if (times >= 1) {
            event.put(Field.REPEAT, times);
        }
        return Remark.text(Kind.OTHER).read(cursor, event);
    }
}
