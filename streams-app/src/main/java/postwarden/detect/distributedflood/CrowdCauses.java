package postwarden.detect.distributedflood;

import java.util.List;
import postwarden.detect.Cause;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Tally;

/** What a crowd of strangers may want. */
final class CrowdCauses {
    private CrowdCauses() {}

    static List<Cause> of(Tally lately, double strangers) {
        double unknown = lately.share(Count.UNKNOWN_RECIPIENT_REJECTS, Count.CONNECTS);
        double listed = share(lately, lately.sum(Count.DNSBL_REJECTS, Count.SPAM_REJECTS));
        double guesses = lately.share(Count.AUTH_FAILURES, Count.CONNECTS);
        double notices = lately.share(Count.NULL_SENDER_MESSAGES, Count.MESSAGES);
        return new Weighing()
                .add("MANY_SOURCES", 1, Say.percent(strangers) + " of the clients had never brought a message")
                .add(
                        "PASSWORD_GUESSING",
                        weight(guesses),
                        Say.count(lately.count(Count.AUTH_FAILURES), "login") + " were refused")
                .add(
                        "SPAM_RUN",
                        weight(listed),
                        Say.percent(listed) + " of the connections were refused as listed or spam")
                .add(
                        "BACKSCATTER_OR_HARVEST",
                        weight(unknown),
                        Say.percent(unknown) + " of the connections asked for a recipient that does not exist, and "
                                + Say.percent(notices) + " of the accepted messages are notices")
                .causes();
    }

    /** Nothing below a quarter of the connections, and more than the general cause from a half on. */
    private static double weight(double share) {
        return share < 0.25 ? 0 : 3 * Math.min(1, share);
    }

    private static double share(Tally lately, long part) {
        long all = lately.count(Count.CONNECTS);
        return all == 0 ? 0 : (double) part / all;
    }
}
