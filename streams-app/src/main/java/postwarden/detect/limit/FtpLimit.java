package postwarden.detect.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * One FTP client has as many sessions as it may, and was refused more: "421 Too many connections (8) from this IP" is this, and
 * has nothing to do with mail.
 */
final class FtpLimit {
    static final LimitRule RULE = new LimitRule(
            new Scope("ftp-limit", Watch.CLIENT, Span.HOST, Set.of()),
            FtpLimit::mayConcern,
            FtpLimit::said,
            Count.FTP_LIMITS,
            FtpLimit::told);

    /** Sessions at once from which an FTP client may be at a limit; a pane without a refusal is looked at from there on. */
    private static final int SEVERAL = 3;
    /** Users behind one address from which it looks like an office. */
    private static final int OFFICE_ACCOUNTS = 3;

    private FtpLimit() {}

    private static boolean mayConcern(Tally pane) {
        return pane.count(Count.FTP_LIMITS) > 0 || (pane.has(Mark.FTP) && pane.peak(Peak.CONCURRENCY) >= SEVERAL);
    }

    /** Each refusal, and once each part of a window with a refusal in which the client had all that it may. */
    private static long said(Tally part, Tally window) {
        long refused = window.count(Count.FTP_LIMITS);
        long limit = window.peak(Peak.LIMIT_VALUE);
        boolean full = part.has(Mark.FTP) && limit > 0 && part.peak(Peak.CONCURRENCY) >= limit;
        return refused == 0 ? 0 : Math.max(part.count(Count.FTP_LIMITS), full ? 1 : 0);
    }

    private static Told told(Sight sight) {
        Tally window = sight.window();
        long limit = window.peak(Peak.LIMIT_VALUE);
        return new Told(
                Severity.INFO.because("the limit does what it is for, and transfers go on"),
                causes(window),
                sight.name() + " has all the FTP sessions that one address may have on " + sight.host()
                        + (limit > 0 ? ": " + limit : ""),
                "Its further sessions get \"421 Too many connections\". A program that moves many files at once, or several people"
                        + " behind one address; transfers go on in the sessions that it has.",
                Map.of(
                        "refusals", (double) window.count(Count.FTP_LIMITS),
                        "peakConcurrency", (double) window.peak(Peak.CONCURRENCY),
                        "limitValue", (double) limit,
                        "distinctSuccessAccounts", (double) window.distinct(Distinct.SUCCESS_ACCOUNTS)),
                List.of(Count.CLIENT_LIMITS, Count.CONNECTS),
                List.of(advice(sight)),
                "",
                blindSpots(window));
    }

    private static List<Cause> causes(Tally window) {
        long accounts = window.distinct(Distinct.SUCCESS_ACCOUNTS);
        long guesses = window.count(Count.AUTH_FAILURES);
        return new Weighing()
                .add(
                        "NAT",
                        accounts >= OFFICE_ACCOUNTS ? 3 : 0,
                        Say.count(accounts, "account") + " logged in from it: several people share the address")
                .add(
                        "PASSWORD_GUESSING",
                        guesses > window.count(Count.AUTH_SUCCESSES) ? 3 : 0,
                        Say.count(guesses, "login") + " of it were refused")
                .add(
                        "FTP_PARALLEL",
                        1,
                        window.peak(Peak.CONCURRENCY) + " sessions were open at once, of "
                                + Say.count(Math.max(1, accounts), "account"))
                .causes();
    }

    private static Advice advice(Sight sight) {
        return new Advice(
                "Let the program on " + sight.name() + " use fewer sessions",
                List.of(
                        "Tell its user. FileZilla: Site Manager, Transfer Settings, limit number of simultaneous connections to"
                                + " 2 or 3; WinSCP: Preferences, Background, maximal number of transfers 2.",
                        "Sessions that hang: an idle time-out of 60 s in the program; on the server Pure-FTPd MaxIdleTime (15"
                                + " minutes by default), ProFTPD TimeoutIdle, vsftpd idle_session_timeout.",
                        "Only for an office with several people: Pure-FTPd MaxClientsPerIP (8 by default) and PerUserLimits,"
                                + " ProFTPD MaxClientsPerHost, vsftpd max_per_ip."),
                "Its sessions stay below the limit and its transfers end without a 421.",
                "Put the old limit back and restart the FTP server.",
                List.of(
                        "Do not touch limits of SMTP or IMAP because of this text: it is the FTP server's.",
                        "Do not raise the limit for one program's sake: its next version opens more."));
    }

    private static List<String> blindSpots(Tally window) {
        List<String> blind = new ArrayList<>();
        if (window.has(Mark.PURE_FTPD)) {
            blind.add(
                    "Pure-FTPd names a refused address only when another one was refused before it, and never says that"
                            + " MaxClientsNumber was reached: refusals are lower bounds.");
        } else {
            blind.add("What the user wanted to move is not in the log.");
        }
        return blind;
    }
}
