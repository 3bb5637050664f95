package postwarden.detect.connectionflood;

import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Peak;
import postwarden.tally.Tally;

/**
 * What one client did in one window, read from its tally.
 *
 * @param connects connections asked for, refused ones included
 * @param concurrency most sessions open at once
 * @param limits times that the daemon said a limit of this client, or of the server towards it, was reached
 * @param useful connections that led to a message or a login, at most
 * @param empty sessions without one command
 * @param barren sessions that ended before a message or a login was tried
 * @param accounts accounts that logged in from it
 * @param guesses refused logins
 */
record ClientMinute(
        long connects,
        long concurrency,
        long limits,
        long useful,
        long empty,
        long barren,
        long accounts,
        long guesses) {

    static ClientMinute of(Tally tally) {
        return new ClientMinute(
                connects(tally),
                tally.peak(Peak.CONCURRENCY),
                tally.sum(Count.CLIENT_LIMITS, Count.SERVER_LIMITS),
                Math.max(tally.count(Count.MESSAGES), tally.count(Count.AUTH_SUCCESSES)),
                // Dovecot's word for a session without a command.
                tally.sum(Count.EMPTY_SESSIONS, Count.NO_AUTH),
                tally.count(Count.BARREN_SESSIONS),
                tally.distinct(Distinct.SUCCESS_ACCOUNTS),
                tally.count(Count.AUTH_FAILURES));
    }

    /**
     * Dovecot logs no connect, only how a session ended, or that its queue was full. A limit of one user from one address
     * ({@code mail_max_userip_connections}) is the user's own programs', and no flood.
     */
    static long connects(Tally tally) {
        long connects = tally.count(Count.CONNECTS);
        boolean mailbox = tally.has(Mark.IMAP) || tally.has(Mark.POP3);
        return mailbox ? Math.max(connects, mailboxSessions(tally)) : connects;
    }

    private static long mailboxSessions(Tally tally) {
        return tally.sum(Count.NO_AUTH, Count.AUTH_SUCCESSES, Count.AUTH_FAILURES, Count.SERVER_LIMITS);
    }

    /** Share of connections that led to something, 0 to 1. */
    double productive() {
        return connects == 0 ? 0 : Math.min(1, (double) useful / connects);
    }

    /** Share of connections without one command, 0 to 1. */
    double emptyShare() {
        return connects == 0 ? 0 : Math.min(1, (double) empty / connects);
    }

    /** Share of connections in which nothing was tried, 0 to 1. */
    double barrenShare() {
        return connects == 0 ? 0 : Math.min(1, (double) Math.max(empty, barren) / connects);
    }
}
