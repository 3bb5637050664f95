package postwarden.detect.account;

import java.time.Duration;
import postwarden.detect.View;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Sketch;
import postwarden.tally.Tally;

/**
 * Who logs in as an account in a window, held against its history older than an hour.
 *
 * @param known whether there is such a history
 * @param clients addresses that logged in
 * @param foreign of these, addresses that the history has not; 0 where there is none
 */
public record Logins(boolean known, long clients, long foreign) {

    public static Logins of(View view, Duration window) {
        Tally past = view.past();
        Sketch now = view.window(window).sketch(Distinct.SUCCESS_CLIENTS);
        boolean known = past.count(Count.AUTH_SUCCESSES) > 0;
        return new Logins(known, now.count(), known ? now.countBeyond(past.sketch(Distinct.SUCCESS_CLIENTS)) : 0);
    }

    /** Whether somebody logs in who never did before. */
    public boolean isForeign() {
        return known && foreign > 0;
    }

    /** Whether all who log in have done so before. */
    public boolean isFamiliar() {
        return known && clients > 0 && foreign == 0;
    }

    /** For a person. */
    public String words() {
        if (!known) {
            return "nothing is known of its logins before this hour";
        }
        return foreign > 0
                ? foreign + " of " + Say.count(clients, "address") + " were never seen before this hour"
                : "all logins come from addresses that the account has used before";
    }
}
