package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Status;

/** What a control panel, a policy service or a smarthost states about an account's own sending limits. */
final class PanelCounts {
    private PanelCounts() {}

    static void stated(Event event, Tally account) {
        if (event.daemon().isAdviser()) {
            return;
        }
        Count which = which(event);
        if (which == Count.LINES) {
            return;
        }
        account.add(which, event.weight(), event);
        if (event.says(Field.STATUS, Status.DISCARDED)) {
            account.add(Count.PANEL_DISCARDS, event.weight(), event);
        }
        account.raise(Peak.LIMIT_VALUE, event.number(Field.LIMIT_VALUE, 0));
    }

    /** The count that it belongs to; LINES for none. */
    private static Count which(Event event) {
        if (event.says(Field.LIMIT, Limit.ACCOUNT_DEFER_FAIL)) {
            return Count.PANEL_FAILURE_LIMITS;
        }
        if (event.says(Field.LIMIT, Limit.ACCOUNT_HOURLY) || event.reason() == Reason.ACCOUNT_LIMIT) {
            return Count.PANEL_LIMITS;
        }
        if (event.reason() == Reason.RATE_LIMITED && event.says(Field.ORIGIN, Origin.POLICY_SERVICE)) {
            return Count.PANEL_LIMITS;
        }
        boolean held = event.is(Kind.POLICY) && event.reason() == Reason.MAILBOX_DISABLED;
        return held ? Count.PANEL_HOLDS : Count.LINES;
    }
}
