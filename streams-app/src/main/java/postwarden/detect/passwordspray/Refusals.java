package postwarden.detect.passwordspray;

import java.time.Duration;
import postwarden.detect.View;
import postwarden.detect.reading.Ordinary;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Prior;
import postwarden.tally.Tally;

/**
 * What one host refused in one window, and how much of it is usual.
 *
 * @param span length of the window
 * @param failures refused credentials
 * @param successes logins
 * @param accounts accounts with refused credentials; where the host logs hardly any, as many as clients
 * @param named whether it logs them
 * @param sources clients they came from
 * @param sharing accounts, at least, that were tried with a password which was tried on another account too: more accounts
 *     than passwords cannot each have their own
 * @param passwords different passwords, 0 where none is logged
 * @param ordinary what the host usually refuses, and how far the window is out of it
 * @param expected refusals that are usual in such a window
 */
record Refusals(
        Duration span,
        long failures,
        long successes,
        long accounts,
        boolean named,
        long sources,
        long sharing,
        long passwords,
        Ordinary ordinary,
        double expected) {

    /** Accounts for each client below which a host logs them by chance, in the lines of another daemon. */
    private static final double NAMED = 0.2;

    /** Refusals that people and devices have for each account and client on an ordinary day: they try again. */
    private static final double USUAL_TRIES = 2;

    static Refusals in(View view, Duration span, Prior usual) {
        Tally window = view.window(span);
        long failures = window.count(Count.AUTH_FAILURES);
        Ordinary ordinary = Ordinary.of(view, Count.AUTH_FAILURES, failures, span, usual);
        long passwords = window.distinct(Distinct.PASSWORDS);
        long accounts = window.distinct(Distinct.FAILURE_ACCOUNTS);
        long sources = window.distinct(Distinct.FAILURE_CLIENTS);
        boolean named = accounts >= NAMED * Math.min(sources, failures);
        return new Refusals(
                span,
                failures,
                window.count(Count.AUTH_SUCCESSES),
                named ? accounts : sources,
                named,
                sources,
                Math.max(0, window.distinct(Distinct.HASHED_ACCOUNTS) - passwords),
                passwords,
                ordinary,
                ordinary.baseline().expected(usual) * span.toSeconds() / 60);
    }

    /** Accounts beyond what is usual. */
    double accountsBeyond() {
        return Math.max(0, accounts - expected / USUAL_TRIES);
    }

    /** Clients beyond what is usual. */
    double sourcesBeyond() {
        return Math.max(0, sources - expected / USUAL_TRIES);
    }

    /** Refusals beyond what is usual for each account beyond it. */
    double triesPerAccount() {
        return Math.max(0, failures - expected) / Math.max(1, accountsBeyond());
    }

    /** Refusals beyond what is usual for each client beyond it. */
    double triesPerSource() {
        return Math.max(0, failures - expected) / Math.max(1, sourcesBeyond());
    }

    /** Share of refusals among all logins, 0 to 1. */
    double refusedShare() {
        long all = failures + successes;
        return all == 0 ? 0 : (double) failures / all;
    }
}
