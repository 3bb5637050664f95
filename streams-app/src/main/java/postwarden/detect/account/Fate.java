package postwarden.detect.account;

import postwarden.tally.Count;
import postwarden.tally.Tally;

/**
 * What became of an account's deliveries in a window.
 *
 * @param unknown recipients that do not exist, refused by us or by the other side
 * @param abuse deliveries that were refused as spam or for reputation
 * @param decided recipients whose fate is known
 */
public record Fate(long unknown, long abuse, long decided) {
    public static Fate of(Tally window) {
        return new Fate(
                window.sum(Count.BOUNCED_UNKNOWN, Count.UNKNOWN_RECIPIENT_REJECTS),
                window.sum(Count.BOUNCED_SPAM, Count.THROTTLED_REPUTATION),
                window.sum(Count.SENT, Count.BOUNCED, Count.UNKNOWN_RECIPIENT_REJECTS, Count.THROTTLED_REPUTATION));
    }

    /** The same without what was said of content and addresses. */
    public Fate ofRecipients() {
        return new Fate(unknown, 0, decided);
    }

    /** Unknown recipients among those decided, 0 to 1. */
    public double unknownShare() {
        return share(unknown);
    }

    /** Refusals as spam or for reputation among those decided, 0 to 1. */
    public double abuseShare() {
        return share(abuse);
    }

    private double share(long part) {
        return decided == 0 ? 0 : Math.min(1, (double) part / decided);
    }
}
