package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;

/**
 * What daemons say of a disk of this host that is full. A mailbox above its quota is its user's ({@link Reason#MAILBOX_FULL}), and
 * what another side says of its disk is a delivery's.
 */
final class StorageCounts {
    /** Insufficient system storage (RFC 5321, 4.2.3). A refusal that only quotes another side has a code of its own. */
    private static final int SHORTAGE = 452;

    private static final String NO_SPACE = "No space left on device";

    private StorageCounts() {}

    /** A command or message that was refused. */
    static void refusal(Event event, Tally server) {
        boolean forNow = event.is(Kind.DEFER_REJECT) || event.is(Kind.REJECT);
        if (forNow
                && event.reason() == Reason.INSUFFICIENT_STORAGE
                && event.number(Field.REPLY_CODE, 0) == SHORTAGE
                && !event.daemon().isAdviser()) {
            server.add(Count.STORAGE_REFUSALS, event.weight(), event);
        }
    }

    /** A warning or an error of a daemon about itself. */
    static void complaint(Event event, Tally server) {
        if (event.reason() == Reason.INSUFFICIENT_STORAGE
                || event.text(Field.TEXT, "").endsWith(NO_SPACE)) {
            server.add(Count.STORAGE_ERRORS, event.weight(), event);
        }
    }
}
