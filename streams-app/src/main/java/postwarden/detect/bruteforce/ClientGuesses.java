package postwarden.detect.bruteforce;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import postwarden.detect.View;
import postwarden.detect.reading.Cadence;
import postwarden.detect.reading.ForeignLogins;
import postwarden.detect.reading.Known;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Sketch;
import postwarden.tally.Tally;

/**
 * What one client tried in one window.
 *
 * @param onset first refusal in the window
 * @param failures refused credentials
 * @param accounts accounts they were for, 0 where none is logged
 * @param strangers of these, accounts that had not logged in from the client before; 1 where none is logged and nobody had
 * @param never of these, accounts that have not logged in since either
 * @param passwords different passwords, 0 where none is logged
 * @param successes logins
 * @param users accounts that logged in, now or before
 * @param taken strangers' accounts that logged in since: guesses that succeeded
 * @param cadence how evenly the refusals came
 */
record ClientGuesses(
        Instant onset,
        long failures,
        long accounts,
        long strangers,
        long never,
        long passwords,
        long successes,
        long users,
        long taken,
        Cadence cadence) {
    /** Tries for each account up to which an attacker spares the accounts and not the passwords. */
    private static final double FEW = 3;

    /** What the window shows; empty without a refusal. */
    static Optional<ClientGuesses> in(View view, Duration window) {
        Tally tally = view.window(window);
        return tally.count(Count.AUTH_FAILURES) == 0
                ? Optional.empty()
                : view.firstWithin(window, Count.AUTH_FAILURES).map(onset -> of(view, tally, onset));
    }

    private static ClientGuesses of(View view, Tally tally, Instant onset) {
        Sketch tried = tally.sketch(Distinct.FAILURE_ACCOUNTS);
        Sketch known = Known.before(view, Distinct.SUCCESS_ACCOUNTS, onset);
        Sketch since = ForeignLogins.since(view, onset).sketch(Distinct.SUCCESS_ACCOUNTS);
        // Where accounts are not logged, somebody who has logged in from here is taken to be meant.
        long strangers = tried.count() == 0 && known.count() == 0 ? 1 : tried.countBeyond(known);
        long taken = since.countSharedBeyond(known, tried);
        Sketch users = new Sketch();
        users.merge(known);
        users.merge(since);
        return new ClientGuesses(
                onset,
                tally.count(Count.AUTH_FAILURES),
                tried.count(),
                strangers,
                tried.countBeyond(users),
                tally.distinct(Distinct.PASSWORDS),
                tally.count(Count.AUTH_SUCCESSES),
                users.count(),
                taken,
                Cadence.since(view, onset, Count.AUTH_FAILURES));
    }

    /** Refusals for each account; at least 1 where accounts are logged. */
    double triesPerAccount() {
        return accounts == 0 ? failures : (double) failures / accounts;
    }

    /** Whether it tries many accounts a few times each rather than a few accounts often. */
    boolean isSpray(int many) {
        return strangers >= many && triesPerAccount() <= FEW;
    }

    /** Whether most of the accounts are strangers' for sure: of a hundred known ones an estimate may miss some. */
    boolean areStrangers() {
        return strangers * 2 >= accounts;
    }

    /** Whether more of its logins are granted than refused, as where many people share an address. */
    boolean isAtWork() {
        return successes > failures;
    }
}
