package postwarden.detect.remotethrottle;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * From when a destination counts as closed to us whatever its words: it refuses nearly all that it used to take. All of it is about
 * first attempts that it answered; what blames recipients or messages is not among them.
 *
 * @param window 10 min to 30 min; default 30 min: one that begins to greylist takes the first retries within it
 * @param refused first attempts in it that are refused or put off, 1 to 1,000,000; default 15
 * @param share of those in them and the taken ones, of messages and of who sends them, 0.5 to 1; default 0.8: the mail of somebody
 *     whom it does not like is refused, and that of others taken
 * @param retried messages that were taken when they came again, as a part of those refused at first, from which it greylists, 0.1 to
 *     1; default 0.5: greylisting takes nearly all of them, and one that refuses all but a few takes a few of many retries, too
 * @param senders whose messages it refuses, 2 to 10,000; default 5: it is not one sender's content
 * @param growth times what it took in the window before, up to which the mail of fewer senders is as usual and no burst, 1 to 100;
 *     default 2: a shop's machine has one sender
 * @param known first attempts of the past, 1 to 1,000,000; default 30: from as many it is known that it took our mail
 * @param usual share of those that it refused, up to which it used to take mail, 0 to 0.5; default 0.1
 */
public record ClosedParams(
        Duration window,
        int refused,
        double share,
        double retried,
        int senders,
        double growth,
        int known,
        double usual) {
    public ClosedParams {
        Range.check("closed window", window, Duration.ofMinutes(10), Duration.ofMinutes(30));
        Range.check("closed refused", refused, 1, 1_000_000);
        Range.check("closed share", share, 0.5, 1);
        Range.check("closed retried", retried, 0.1, 1);
        Range.check("closed senders", senders, 2, 10_000);
        Range.check("closed growth", growth, 1, 100);
        Range.check("closed known", known, 1, 1_000_000);
        Range.check("closed usual", usual, 0, 0.5);
    }

    static ClosedParams defaults() {
        return new ClosedParams(Duration.ofMinutes(30), 15, 0.8, 0.5, 5, 2, 30, 0.1);
    }
}
