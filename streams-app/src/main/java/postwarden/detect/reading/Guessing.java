package postwarden.detect.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import postwarden.detect.View;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Sketch;
import postwarden.tally.Tally;

/**
 * Refused credentials of one account in one window.
 *
 * @param onset first refusal in the window
 * @param failures refused credentials
 * @param sources addresses they came from
 * @param strangers of these, addresses that had not logged in as the account before
 * @param passwords different passwords tried, 0 where none is logged
 * @param hashed refusals of which the password is logged; of the others it may be any
 * @param systems the systems that the addresses belong to, 0 where that was not counted
 */
public record Guessing(
        Instant onset, long failures, long sources, long strangers, long passwords, long hashed, long systems) {
    /** Share of the refusals that must be logged with their password before those speak for all. */
    private static final double MOST = 0.8;

    /** What the window shows; empty without a refusal. */
    public static Optional<Guessing> in(View view, Duration window) {
        Tally tally = view.window(window);
        if (tally.count(Count.AUTH_FAILURES) == 0) {
            return Optional.empty();
        }
        return view.firstWithin(window, Count.AUTH_FAILURES).map(onset -> of(view, tally, onset));
    }

    private static Guessing of(View view, Tally tally, Instant onset) {
        Sketch failed = tally.sketch(Distinct.FAILURE_CLIENTS);
        Sketch known = Known.before(view, Distinct.SUCCESS_CLIENTS, onset);
        return new Guessing(
                onset,
                tally.count(Count.AUTH_FAILURES),
                failed.count(),
                failed.countBeyond(known),
                tally.distinct(Distinct.PASSWORDS),
                tally.count(Count.HASHED_FAILURES),
                tally.distinct(Distinct.FAILURE_SYSTEMS));
    }

    /** Refusals for each address, at least 1 where there is any. */
    public double attemptsPerSource() {
        return sources == 0 ? 0 : (double) failures / sources;
    }

    /** One or two passwords over and over, as far as they are logged: a device with an old password, not a guess. */
    public boolean isStale() {
        return passwords > 0 && passwords <= 2 && isToldByPasswords();
    }

    /** Whether the passwords of nearly all refusals are known: a few that are say nothing about guesses at another daemon. */
    public boolean isToldByPasswords() {
        return hashed >= MOST * failures;
    }
}
