package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.LocalAddress;

/** Which systems an account's logins come from, and who guesses at it from which. */
final class SystemCounts {
    private final Systems systems;

    SystemCounts(Systems systems) {
        this.systems = systems;
    }

    /** Adds an attempt to log in to its account's tally. */
    void login(Event event, Tally account) {
        if (event.is(Kind.AUTH_SUCCESS)) {
            note(event, account, Distinct.SUCCESS_SYSTEMS);
        } else if (event.is(Kind.AUTH_FAILURE)) {
            note(event, account, Distinct.FAILURE_SYSTEMS);
        }
    }

    /** Adds a message to its account's tally: whoever submits it is logged in, but for clients that need not be. */
    void message(Event event, Tally account) {
        if (!LocalAddress.isAccount(event.text(Field.ACCOUNT, ""))) {
            note(event, account, Distinct.SUCCESS_SYSTEMS);
            if (event.has(Field.FIRST)) {
                note(event, account, Distinct.SUBMITTING_SYSTEMS);
            }
        }
    }

    private void note(Event event, Tally account, Distinct distinct) {
        String ip = event.text(Field.CLIENT_IP, "");
        String system = ip.isEmpty() ? "" : systems.of(ip);
        if (!system.isEmpty()) {
            account.note(distinct, system);
        }
    }
}
