package postwarden.detect.limit;

import java.time.Duration;
import java.util.List;
import postwarden.detect.Cause;
import postwarden.detect.View;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Peak;
import postwarden.tally.Tally;

/**
 * Who holds a server's slots, as far as its own numbers tell.
 *
 * @param oneClient most sessions that one client had at once
 * @param productive share of connections that led to a message or a login, 0 to 1
 */
record Holders(long oneClient, double productive, List<Cause> causes) {
    /** Sessions that are held stay open for minutes, so who holds them connected a while ago. */
    private static final Duration WHILE = Duration.ofMinutes(10);
    /** What fills the slots right now; a message is logged seconds after its connection. */
    private static final Duration NOW = Duration.ofMinutes(2);
    /** Sessions that ended after long and did nothing, from which somebody hoards. */
    private static final int HOARD = 10;
    /** Sessions at once that nobody needs for mail of his own; below it a share of few sessions says nothing. */
    private static final int MANY = 8;
    /** Clients from which a crowd is one; the same as distributed-flood's floor. */
    private static final int CROWD = 200;
    /** Share of connections with a message or a login from which it is work, see {@code connection-flood}. */
    private static final double WORK = 0.5;

    static Holders of(View view) {
        Tally lately = view.window(WHILE);
        long sessions = Math.max(lately.peak(Peak.CONCURRENCY), lately.peak(Peak.ONE_CLIENT));
        long one = lately.peak(Peak.ONE_CLIENT);
        Tally now = view.window(NOW);
        double productive = productive(now);
        double share = one < MANY || isMailbox(lately) ? 0 : (double) one / sessions;
        return new Holders(one, productive, causes(lately, now, share, productive));
    }

    /** MITRE ATT&amp;CK of the likeliest cause; empty for what is nobody's doing. */
    String technique() {
        return switch (causes.get(0).name()) {
            case "SINGLE_SOURCE", "SLOT_HOARDING", "MANY_SOURCES" -> "T1499.002";
            case "PASSWORD_GUESSING" -> "T1110";
            default -> "";
        };
    }

    /** Who holds sessions of a mailbox service is not seen: Dovecot says how a session ended. */
    private static boolean isMailbox(Tally tally) {
        return tally.has(Mark.IMAP) || tally.has(Mark.POP3);
    }

    /**
     * A connection that was refused for want of a slot could not lead to anything, and its client may be a partner. Where a daemon
     * logs no other connections (Exim), those that were let in are known by what they did.
     */
    private static long letIn(Tally tally) {
        return Math.max(
                tally.count(Count.CONNECTS) - tally.count(Count.SERVER_LIMITS),
                tally.sum(Count.MESSAGES, Count.BARREN_SESSIONS, Count.REJECTS));
    }

    /** Sessions that began. Dovecot logs no connects: there it is what did not log in, and what did. */
    private static long sessions(Tally tally) {
        long asked = letIn(tally);
        return isMailbox(tally)
                ? Math.max(
                        asked, tally.sum(Count.NO_AUTH, Count.AUTH_SUCCESSES, Count.AUTH_FAILURES, Count.SERVER_LIMITS))
                : asked;
    }

    /** How much speaks for guessers: they hold slots if refused logins are a fair part of the sessions, be these held for long. */
    private static double guessing(Tally lately, Tally now) {
        long refused = now.count(Count.AUTH_FAILURES);
        long held = Math.max(sessions(now), lately.peak(Peak.CONCURRENCY));
        return refused > now.count(Count.AUTH_SUCCESSES) ? 2 * Math.min(1, (double) refused / Math.max(1, held)) : 0;
    }

    private static double productive(Tally tally) {
        boolean mailbox = isMailbox(tally);
        long all = sessions(tally);
        long useful = mailbox
                ? tally.count(Count.AUTH_SUCCESSES)
                : Math.max(tally.count(Count.MESSAGES), tally.count(Count.AUTH_SUCCESSES));
        return all == 0 ? 0 : Math.min(1, (double) useful / all);
    }

    private static List<Cause> causes(Tally lately, Tally now, double share, double productive) {
        long idle = lately.count(Count.IDLE_SESSIONS);
        long clients = lately.distinct(Distinct.CLIENTS);
        long shed = lately.count(Count.LOAD_SHEDDING);
        return new Weighing()
                .add(
                        "SINGLE_SOURCE",
                        share >= WORK ? 4 * share : 0,
                        "one client had " + Say.percent(share) + " of the sessions")
                .add(
                        "SLOT_HOARDING",
                        idle >= HOARD ? 3 : 0,
                        Say.count(idle, "session") + " of two minutes or more did nothing")
                .add("LOAD", shed > 0 ? 5 : 0, Say.count(shed, "connection") + " refused because of the load")
                .add(
                        "MANY_SOURCES",
                        clients >= CROWD && productive < WORK ? 2 : 0,
                        Say.count(clients, "client") + " came, and " + Say.percent(productive)
                                + " of their connections led to mail")
                .add(
                        "PASSWORD_GUESSING",
                        guessing(lately, now),
                        Say.count(now.count(Count.AUTH_FAILURES), "login") + " were refused")
                .add(
                        "HONEST_LOAD",
                        0.3 + 2 * productive,
                        Say.percent(productive) + " of the connections that were let in led to a message or a login")
                .causes();
    }
}
