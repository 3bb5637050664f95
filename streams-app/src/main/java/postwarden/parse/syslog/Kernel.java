package postwarden.parse.syslog;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** Lines of the kernel, with its own clock before them or not (Linux 6.1, {@code lib/ratelimit.c}, {@code mm/oom_kill.c}). */
final class Kernel {
    private static final List<String> ENDINGS =
            List.of(" messages suppressed", " callbacks suppressed", " output lines suppressed due to ratelimiting");

    static final List<Rule> RULES = List.of(
            new Rule("kernel/suppressed", "", Kernel::suppressed),
            new Rule(
                    "kernel/crash",
                    "",
                    Remark.containing(
                            Kind.ERROR, " segfault at ", "out of memory", "killed process ", " general protection")),
            new Rule("kernel/note", "", Remark.text(Kind.OTHER)));

    private Kernel() {}

    private static boolean suppressed(Cursor cursor, Event.Builder event) {
        int start = cursor.at();
        for (String ending : ENDINGS) {
            cursor.moveTo(start);
            if (Remark.suppressed(cursor, event, ending)) {
                return true;
            }
        }
        cursor.moveTo(start);
        return false;
    }
}
