package postwarden.parse.syslog;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** Lines of the older syslogd about itself (FreeBSD 14 {@code usr.sbin/syslogd}, sysklogd 1.5, BusyBox 1.36). */
final class Syslogd {
    private static final String REPEATED = "last message repeated ";
    /** macOS sets the note off from what programs say. */
    private static final String DASHES = "--- ";

    static final List<Rule> RULES = List.of(
            new Rule("syslogd/repeated", REPEATED, Syslogd::repeated),
            new Rule("syslogd/repeated-dashed", DASHES + REPEATED, Syslogd::repeated),
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

    /** Whether the whole message is {@code last message repeated 3 times}, as no mail daemon ends a message of its own. */
    static boolean isRepetition(String message) {
        if (!message.startsWith(REPEATED) && !message.startsWith(DASHES + REPEATED)) {
            return false;
        }
        Cursor cursor = new Cursor(message);
        boolean dashed = cursor.take(DASHES);
        cursor.take(REPEATED);
        boolean counted = cursor.number() >= 1 && (cursor.take(" times") || cursor.take(" time"));
        return counted && (!dashed || cursor.take(" ---")) && cursor.atEnd();
    }

    /** {@code last message repeated 3 times}: which one is not said here, so only the number of lines is. */
    private static boolean repeated(Cursor cursor, Event.Builder event) {
        long times = cursor.number();
        if (times >= 1) {
            event.put(Field.REPEAT, times);
        }
        return Remark.text(Kind.OTHER).read(cursor, event);
    }
}
