package postwarden.parse.syslog;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** Lines of systemd-journald about itself (systemd 252, {@code src/journal/journald-server.c}; 219 calls itself journal). */
final class Journald {
    static final List<Rule> RULES = List.of(
            new Rule("journald/suppressed", "Suppressed ", Journald::messages),
            new Rule("journald/forwarding", "Forwarding to syslog missed ", Journald::messages),
            new Rule("journald/missed", "Missed ", (cursor, event) -> Remark.lost(cursor, event, " kernel messages")),
            new Rule("journald/overrun", "/dev/kmsg buffer overrun, some messages lost", Remark.gap()),
            new Rule("journald/not-written", "Failed to write entry ", Remark.gap()),
            new Rule("journald/started", "Journal started", Remark.text(Kind.LIFECYCLE)),
            new Rule("journald/stopped", "Journal stopped", Remark.text(Kind.LIFECYCLE)),
            new Rule("journald/corrupted", "File ", Journald::corrupted),
            new Rule("journald/size", "System Journal (", Remark.text(Kind.STATS)),
            new Rule("journald/runtime-size", "Runtime Journal (", Remark.text(Kind.STATS)),
            new Rule(
                    "journald/using",
                    "",
                    Remark.containing(Kind.STATS, " journal is using ", " journal is currently using ")),
            new Rule("journald/trouble", "Failed to ", Remark.text(Kind.WARNING)),
            new Rule("journald/note", "", Remark.text(Kind.OTHER)));

    private Journald() {}

    private static boolean messages(Cursor cursor, Event.Builder event) {
        return Remark.lost(cursor, event, " message");
    }

    private static boolean corrupted(Cursor cursor, Event.Builder event) {
        return cursor.ahead(" corrupted or uncleanly shut down") && Remark.gap().read(cursor, event);
    }
}
