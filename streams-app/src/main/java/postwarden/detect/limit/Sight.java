package postwarden.detect.limit;

import java.time.Duration;
import postwarden.detect.View;
import postwarden.tally.Distinct;
import postwarden.tally.Tally;

/**
 * What a rule may look at once its limit has been said often enough.
 *
 * @param window the statements' window
 * @param length of that window
 * @param said how often it was said within the window
 */
record Sight(View view, LimitParams params, Tally window, Duration length, long said) {
    private static final Duration HOUR = Duration.ofHours(1);

    /** The host that says it. */
    String host() {
        return view.host();
    }

    /** Who has met the limit. */
    String name() {
        return view.key().name();
    }

    /** All that is known of the last hour. */
    Tally hour() {
        return view.window(HOUR);
    }

    /** Accounts that logged in from a client, as many as were known in the last hour or before it. */
    long accounts() {
        return Math.max(hour().distinct(Distinct.SUCCESS_ACCOUNTS), view.past().distinct(Distinct.SUCCESS_ACCOUNTS));
    }

    long minutes() {
        return length.toMinutes();
    }
}
