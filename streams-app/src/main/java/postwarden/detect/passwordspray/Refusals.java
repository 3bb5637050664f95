package postwarden.detect.passwordspray;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import postwarden.detect.View;
import postwarden.detect.reading.Known;
import postwarden.detect.reading.Ordinary;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Pane;
import postwarden.tally.Sketch;
import postwarden.tally.Tally;

/**
 * What one host refused in one window, and how much of it is usual.
 *
 * @param span length of the window
 * @param failures refused credentials
 * @param successes logins
 * @param accounts accounts with refused credentials; where the host does not log them, as many as clients
 * @param named whether it logs them
 * @param sources clients they came from
 * @param accountsByClients the accounts once for each of eight groups of clients that tried them; 0 where they are not logged
 * @param few accounts, at most, that the busiest clients tried, who are each an address to block and no campaign
 * @param sharing accounts, at least, that were tried with a password which was tried on another account too: more accounts
 *     than passwords cannot each have their own
 * @param owners of the clients, those that had logged in before they were refused
 * @param passwords different passwords, 0 where none is logged
 * @param ordinary what the host usually refuses, and how far it is out of it without the busiest clients
 * @param expected refusals that are usual in such a window
 */
record Refusals(
        Duration span,
        long failures,
        long successes,
        long accounts,
        boolean named,
        long sources,
        long accountsByClients,
        double few,
        long sharing,
        long owners,
        long passwords,
        Ordinary ordinary,
        double expected) {
    private static final String REFUSED = "refused:";
    /** Refusals that people and devices have for each account on an ordinary day: they try again. */
    private static final double USUAL_TRIES = 2;
    /** Groups of clients that an account can be in beside its first. */
    private static final int MORE_GROUPS = 7;
    /** The busiest clients may try each account less often than others do: a third less than the average, say. */
    private static final double LESS_OFTEN = 4.0 / 3;

    static Refusals in(View view, Duration span, PasswordSprayParams params) {
        Tally window = view.window(span);
        long failures = window.count(Count.AUTH_FAILURES);
        boolean named = window.count(Count.NAMELESS_FAILURES) * 2 <= failures;
        long sources = window.distinct(Distinct.FAILURE_CLIENTS);
        long accounts = named ? window.distinct(Distinct.FAILURE_ACCOUNTS) : sources;
        long busiest = busiest(window, params.sources() - 1);
        double few = named && failures > 0 ? busiest * Math.min(1, LESS_OFTEN * accounts / failures) : 0;
        long rest = Math.max(0, accounts - Math.round(few));
        long accountsByClients = named ? window.distinct(Distinct.FAILURE_ACCOUNTS_BY_CLIENTS) : 0;
        double expected = expected(view, span, params);
        boolean many = each(accountsByClients, accounts, expected) >= params.sourcesPerAccount();
        // Where each account is tried from many clients, no single one can be most of it.
        long least = many ? failures : rest;
        long observed = busiest > 0 ? Math.max(rest, failures - busiest) : least;
        Ordinary ordinary = Ordinary.of(view, Count.AUTH_FAILURES, observed, span, params.usual());
        long passwords = window.distinct(Distinct.PASSWORDS);
        return new Refusals(
                span,
                failures,
                window.count(Count.AUTH_SUCCESSES),
                accounts,
                named,
                sources,
                accountsByClients,
                few,
                Math.max(0, window.distinct(Distinct.HASHED_ACCOUNTS) - passwords),
                owners(view, window, span, sources),
                passwords,
                ordinary,
                expected);
    }

    private static double expected(View view, Duration span, PasswordSprayParams params) {
        Ordinary nothing = Ordinary.of(view, Count.AUTH_FAILURES, 0, span, params.usual());
        return nothing.baseline().expected(params.usual()) * span.toSeconds() / 60;
    }

    /**
     * Groups of clients for each account, without the usual accounts, which have one each, and without what one account adds
     * that hundreds try: it may be somebody else's aim.
     */
    private static double each(long accountsByClients, long accounts, double expected) {
        double usual = usualNames(expected);
        return Math.max(0, accountsByClients - usual - MORE_GROUPS) / Math.max(1, accounts - usual);
    }

    /** Accounts of the usual refusals. */
    private static double usualNames(double expected) {
        return expected / USUAL_TRIES;
    }

    private static long owners(View view, Tally window, Duration span, long sources) {
        Instant begin = Pane.start(view.pane() - Pane.count(span) + 1);
        Sketch known = Known.before(view, Distinct.SUCCESS_CLIENTS, begin);
        return Math.max(0, sources - window.sketch(Distinct.FAILURE_CLIENTS).countBeyond(known));
    }

    /**
     * Refusals of the busiest clients. Where there are more clients than names are kept, nobody knows who is busiest; then it
     * is 0, and only accounts count against the host's ordinary, of which a single client has no more than it tried.
     */
    private static long busiest(Tally window, int clients) {
        if (!window.hasAllNames()) {
            return 0;
        }
        return window.names().entrySet().stream()
                .filter(name -> name.getKey().startsWith(REFUSED))
                .map(Map.Entry::getValue)
                .sorted(Comparator.reverseOrder())
                .limit(clients)
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Refusals of a minute with at most so many of each client, as far as clients are named. */
    static long scattered(Tally minute, int most) {
        long beyond = minute.hasAllNames()
                ? minute.names().entrySet().stream()
                        .filter(name -> name.getKey().startsWith(REFUSED))
                        .mapToLong(name -> Math.max(0, name.getValue() - most))
                        .sum()
                : 0;
        return Math.max(0, minute.count(Count.AUTH_FAILURES) - beyond);
    }

    /**
     * Whether most of those who are refused beyond the usual log in here as a rule. Each usual refusal may be a client of its own,
     * so that the typing errors of a busy host do not hide a campaign.
     */
    boolean areOwners() {
        return owners - expected > sources - owners;
    }

    /** Accounts beyond what is usual and what a few clients did. */
    double accountsBeyond() {
        return Math.max(0, accounts - few - usualNames(expected));
    }

    /** The same, if every usual refusal had an account of its own. */
    double accountsFarBeyond() {
        return Math.max(0, accounts - few - expected);
    }

    /** Refusals beyond what is usual for each account; those of the busiest clients as they are. */
    double triesPerAccount() {
        return Math.max(0, failures - expected) / Math.max(1, accounts - usualNames(expected));
    }

    /** Groups of clients that tried each account, beyond what is usual, 0 to 8; 0 where accounts are not logged. */
    double sourcesPerAccount() {
        return each(accountsByClients, accounts, expected);
    }

    /** Share of refusals among all logins, 0 to 1. */
    double refusedShare() {
        long all = failures + successes;
        return all == 0 ? 0 : (double) failures / all;
    }
}
