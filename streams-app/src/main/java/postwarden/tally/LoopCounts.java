package postwarden.tally;

import java.util.Locale;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Origin;
import postwarden.event.Reason;

/**
 * Messages that went in a circle, as a daemon of ours states: too many hops, a forwarding loop. That a domain's MX points back
 * at this host is a mistake of that domain and no circle, although it is called a loop as well.
 */
final class LoopCounts {
    private LoopCounts() {}

    static void stated(Event event, Tally server) {
        if (event.reason() == Reason.MAIL_LOOP && !event.says(Field.ORIGIN, Origin.REMOTE) && isCircle(event)) {
            server.add(Count.LOOPS, event.weight(), event);
        }
    }

    private static boolean isCircle(Event event) {
        String text = event.text(Field.REPLY_TEXT, "").toLowerCase(Locale.ROOT);
        return text.contains("hop") || text.contains("forwarding loop") || text.contains("received");
    }
}
