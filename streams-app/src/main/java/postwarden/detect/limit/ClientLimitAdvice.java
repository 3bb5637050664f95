package postwarden.detect.limit;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Peak;

/** What to do about a client that meets its own limit: an exception for it if it is wanted, nothing for the rest. */
final class ClientLimitAdvice {
    private static final List<String> NEVER = List.of(
            "Do not raise the limit for everybody: it is what keeps strangers from taking all sessions.",
            "Do not use these limits to slow down wanted mail: Postfix's TUNING_README warns that mail will suffer grotesque"
                    + " delays.");

    private ClientLimitAdvice() {}

    static List<Advice> of(Sight sight, String cause) {
        List<Advice> advice = new ArrayList<>();
        if (cause.equals("NOISY_INTERNAL_CLIENT")) {
            advice.add(pooling(sight));
        }
        if (cause.equals("UNKNOWN_CLIENT") || cause.equals("PASSWORD_GUESSING")) {
            advice.add(leave(sight));
        } else {
            advice.add(exception(sight));
        }
        return advice;
    }

    private static Advice pooling(Sight sight) {
        return new Advice(
                "Let our own machine " + sight.name() + " send more in one connection",
                List.of(
                        Say.lastLines("[" + sight.name() + "]"),
                        "Find the application there and turn on its connection pool: several messages a session, few sessions.",
                        "Only then an exception. Postfix exempts clients in mynetworks by default"
                                + " (smtpd_client_event_limit_exceptions = $mynetworks), so this one is outside of it:"
                                + " postconf mynetworks smtpd_client_event_limit_exceptions"),
                "Its messages stay as many while its connections fall.",
                "Take the exception out again and reload.",
                NEVER);
    }

    private static Advice leave(Sight sight) {
        return new Advice(
                "Leave the limit as it is; look who " + sight.name() + " is",
                List.of(
                        Say.lastLines(sight.name()),
                        "Where it brings nothing wanted, keep it away: see the advice of connection-flood, or in the firewall.",
                        "Where it turns out to be a partner, an exception for its address alone."),
                "The refusals that name " + sight.name() + " end.",
                "Nothing was changed.",
                NEVER);
    }

    private static Advice exception(Sight sight) {
        List<String> steps = new ArrayList<>();
        steps.add("First make sure that it is wanted: " + Say.lastLines(sight.name()));
        if (sight.window().has(Mark.POSTFIX)) {
            steps.add("Postfix: postconf smtpd_client_event_limit_exceptions, then postconf -e"
                    + " 'smtpd_client_event_limit_exceptions = $mynetworks, " + Say.shell(sight.name())
                    + "' and postfix reload. postscreen has a limit of its own: postscreen_client_connection_count_limit."
                    + " IPv6 clients are counted by /84 since 3.8 (smtpd_client_ipv6_prefix_length).");
        }
        if (sight.window().has(Mark.EXIM)) {
            steps.add(exim(sight));
        }
        if (!sight.window().has(Mark.POSTFIX) && !sight.window().has(Mark.EXIM)) {
            steps.add(
                    "Sendmail: ClientConn: and ClientRate: lines for this address in the access map; Courier: MAXPERIP; Cyrus:"
                            + " maxlogins_per_host; Exchange: Set-ReceiveConnector -MaxInboundConnectionPerSource on a connector whose"
                            + " RemoteIPRanges hold this address only.");
        }
        steps.add("Ask its owner to reuse connections: fewer sessions help both sides more than a higher limit.");
        return new Advice(
                "Make an exception for " + sight.name() + " if it is wanted, for nobody else",
                steps,
                "The refusals that name " + sight.name() + " end and its mail arrives.",
                "Take the exception out again and reload.",
                NEVER);
    }

    private static String exim(Sight sight) {
        long limit = sight.window().peak(Peak.LIMIT_VALUE);
        String inForce = limit > 0 ? Long.toString(limit) : "10";
        return "Exim: smtp_accept_max_per_host = ${if match_ip{$sender_host_address}{" + Say.printable(sight.name())
                + "}{20}{"
                + inForce
                + "}} (addresses in the text itself: it is expanded in the daemon's loop; unset means no limit); on"
                + " cPanel in WHM, Exim Configuration Manager. " + RamBound.OF_SESSIONS;
    }
}
