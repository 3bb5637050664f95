package postwarden.detect.connectionflood;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import postwarden.detect.Cause;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What may be behind a client's connections, with the share of belief that its minute supports. */
final class FloodCauses {
    /** Users behind one address from which it looks like an office; two may be one person's two mailboxes. */
    private static final int OFFICE_ACCOUNTS = 3;

    private FloodCauses() {}

    static List<Cause> of(Tally window, ClientMinute minute) {
        double internal = window.has(Mark.PRIVATE_ADDRESS) ? 4 : 0;
        double office = minute.accounts() >= OFFICE_ACCOUNTS ? 4 * minute.productive() : 0;
        double probe = minute.limits() == 0 && minute.concurrency() <= 3 ? minute.emptyShare() / 2 : 0;
        double guessing = isGuessing(minute) ? 3 : 0;
        double all = 1 + internal + office + probe + guessing + 0.02;
        List<Cause> causes = new ArrayList<>();
        causes.add(new Cause("SINGLE_SOURCE", 1 / all, because(minute)));
        if (internal > 0) {
            causes.add(new Cause(
                    "NOISY_INTERNAL_CLIENT",
                    internal / all,
                    "the address is private, so it is a machine of our own that does not reuse its connections"));
        }
        if (guessing > 0) {
            causes.add(new Cause(
                    "PASSWORD_GUESSING",
                    guessing / all,
                    Say.count(minute.guesses(), "login") + " of it were refused, so it comes to guess, not to flood"));
        }
        causes.add(new Cause(
                "NAT",
                (office + 0.02) / all,
                Say.count(minute.accounts(), "account") + " logged in from it, and " + Say.percent(minute.productive())
                        + " of its connections led to a message or a login"));
        if (probe > 0) {
            causes.add(new Cause(
                    "MONITORING_PROBE",
                    probe / all,
                    Say.percent(minute.emptyShare()) + " of its sessions had no command and at most "
                            + minute.concurrency() + " were open at once, but they come less regularly than a timer"));
        }
        causes.sort(Comparator.comparingDouble(Cause::weight).reversed());
        return causes;
    }

    /** Whether half of the connections were spent on refused logins. */
    static boolean isGuessing(ClientMinute minute) {
        return minute.guesses() * 2 >= minute.connects();
    }

    /** Sure once the daemon refuses it, and the surer the further the minute is in the tail; 0.5 to 0.99. */
    static double confidence(ClientMinute minute, double tail) {
        double digits = Math.min(12, -Math.log10(Math.max(tail, 1e-12)));
        double byTail = 0.5 + 0.4 * digits / 12;
        return Math.min(0.99, byTail + (minute.limits() > 0 ? 0.09 : 0));
    }

    private static String because(ClientMinute minute) {
        return "one address made " + Say.count(minute.connects(), "connection") + " in a minute, had "
                + minute.concurrency() + " open at once, was refused " + Say.count(minute.limits(), "time")
                + ", and " + Say.percent(minute.productive()) + " led to a message or a login";
    }
}
