package postwarden.detect.limit;

import java.util.List;
import java.util.Map;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Severity;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** The mail programs of one user keep more mailbox sessions from one address than one user may have. */
final class MailboxLimit {
    static final LimitRule RULE = LimitRule.of(
            "mailbox-limit",
            Watch.ACCOUNT,
            Count.MAILBOX_LIMITS,
            (part, window) -> part.count(Count.MAILBOX_LIMITS),
            MailboxLimit::told);

    private MailboxLimit() {}

    private static Told told(Sight sight) {
        Tally window = sight.window();
        long limit = window.peak(Peak.LIMIT_VALUE);
        List<String> from = window.topNames("client:", 1);
        return new Told(
                Severity.INFO.because("one user sees errors, nobody else is touched"),
                causes(window),
                "Mail programs of " + sight.name() + " want more sessions than "
                        + (limit > 0 ? limit + " on " : "allowed on ") + sight.host() + ": refused "
                        + Say.count(sight.said(), "time") + " in " + sight.minutes() + " minutes",
                "Mostly from " + (from.isEmpty() ? "an address that is not told" : Say.printable(from.get(0)))
                        + ". The user sees errors in a program; nobody else is touched and nobody attacks.",
                Map.of(
                        "limitValue", (double) limit,
                        "logins", (double) window.count(Count.AUTH_SUCCESSES),
                        "distinctSuccessClients", (double) window.distinct(Distinct.SUCCESS_CLIENTS)),
                List.of(Count.CLIENT_LIMITS, Count.AUTH_SUCCESSES),
                List.of(advice(sight)),
                "",
                List.of(
                        "Dovecot says when a session ends, not that it is open: how many hang is seen by doveadm who only."));
    }

    private static List<Cause> causes(Tally window) {
        long logins = window.count(Count.AUTH_SUCCESSES);
        return new Weighing()
                .add(
                        "CLIENT_MISCONFIG",
                        2,
                        "an address asks for session after session: a mail program that caches connections")
                .add("MANY_DEVICES", 1, "all programs and devices of a user behind one address share the limit")
                .add(
                        "STALE_SESSIONS",
                        logins == 0 ? 1.5 : 0.2,
                        Say.count(logins, "login") + " succeeded meanwhile; sessions that hang hold their places")
                .causes();
    }

    private static Advice advice(Sight sight) {
        String user = Say.shell(sight.name());
        String server = sight.window().has(Mark.DOVECOT)
                ? "Only for an office or webmail behind one address: in dovecot.conf remote 203.0.113.0/24 { protocol imap {"
                        + " mail_max_userip_connections = 20 } } with its network, then doveadm reload. The default is 10."
                : "Only for an office or webmail behind one address: Courier MAXPERIP, Cyrus maxlogins_per_user.";
        return new Advice(
                "Let the mail programs of " + sight.name() + " keep fewer connections",
                List.of(
                        "See what is open: doveadm who " + user,
                        "Tell the user. Thunderbird: Server Settings, Advanced, maximum number of server connections to cache: 1"
                                + " or 2; Outlook and telephones: each folder that is kept in sync is a session.",
                        "Sessions that hang: doveadm kick " + user,
                        server),
                "The lines \"Maximum number of connections from user+IP exceeded\" for the user end.",
                "Put the old limit back and reload.",
                List.of(
                        "Do not raise mail_max_userip_connections for everybody: one broken program then takes twice as much.",
                        "Do not block the address and do not lock the account: it is the user."));
    }
}
