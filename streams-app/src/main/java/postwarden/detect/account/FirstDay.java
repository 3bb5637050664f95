package postwarden.detect.account;

import postwarden.detect.View;
import postwarden.tally.Count;

/** The time in which an account has no habits yet, because everything of it is new to us. */
final class FirstDay {
    /** Minutes of it: less than a day, so that tomorrow's mailing at the same hour is not on it. */
    private static final double MINUTES = 20 * 60;

    private FirstDay() {}

    /** Whether nothing of the account was seen before today. */
    static boolean is(View view) {
        return view.baseline(Count.RECIPIENTS).windows() < MINUTES;
    }
}
