package postwarden.detect.account;

import java.time.Duration;
import postwarden.detect.View;
import postwarden.tally.Count;
import postwarden.tally.Tally;

/**
 * An account of a host that only its own programs use. Nobody ever logged in to it, so there are no credentials that could be
 * stolen, no sessions to end and no password to change: what it sends is {@code script-burst}'s.
 */
public final class LocalUser {
    private LocalUser() {}

    /** Whether as far as is known nobody ever logged in, and most of the mail was given by programs of the host. */
    public static boolean isOnly(View view, Duration window) {
        Tally now = view.window(window);
        return now.count(Count.AUTH_SUCCESSES)
                                + view.past().count(Count.AUTH_SUCCESSES)
                                + view.doubted().count(Count.AUTH_SUCCESSES)
                        == 0
                && areScripts(new Tally().merge(now).merge(view.past()));
    }

    /** Whether most messages of a tally are of scripts. */
    public static boolean areScripts(Tally tally) {
        return tally.count(Count.SCRIPT_MESSAGES) * 2 > tally.count(Count.MESSAGES);
    }
}
