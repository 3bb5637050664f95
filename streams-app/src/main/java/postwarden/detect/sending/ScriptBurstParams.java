package postwarden.detect.sending;

import java.time.Duration;
import postwarden.detect.reading.Range;
import postwarden.tally.Prior;

/**
 * Settings of {@code script-burst}.
 *
 * @param window 10 min to 1 h; default 1 h (detectors.md C4)
 * @param messages of one local user in it that are the least burst, 10 to 1,000,000; default 100 (detectors.md C4)
 * @param newPathMessages messages from working directories that the user's history has not, 2 to 1,000,000; default 20
 *     (detectors.md C4). A user without any such history has one where the host has been watched for as long as
 *     {@code intake.seasoned}: none of its scripts ever sent
 * @param spread different recipients for each message, 0.05 to 1; default 0.5: cron and monitors write many messages to few
 *     people, and are none
 * @param usual recipients of an ordinary local user in a minute; default mean 0.3, size 0.1
 * @param tail probability below which an hour is out of the user's ordinary, 0 to 0.1; default 1e-6
 * @param harmShare share of the decided deliveries that must be refused, because the recipient does not exist or as spam, for
 *     a burst from a known place to be more than a shop's month-end, 0.01 to 1; default 0.05
 * @param harm such refusals, 2 to 100,000; default 5
 * @param unknown recipients that do not exist from which it counts whatever its size, 2 to 100,000; default 20
 *     (detectors.md C2, which leaves scripts to this)
 * @param unknownShare their share of those decided, 0.01 to 1; default 0.1
 * @param kept share of recipients that do not exist which a list has that is kept, 0 to 1; default 0.02. A client that needs
 *     no login must have more, by {@code tail}
 * @param believed recipients whose fate is known from which such a client's own share is nearly believed, 1 to 100,000; default 20
 * @param chance probability below which an hour with {@code harm} recipients that do not exist, and {@code harmShare} of them, is
 *     kept apart from what is usual, 0 to 0.1; default 0.01. Such hours are told within a day when they come to {@code unknown}
 * @param acquainted for how long the user must have been known for that, 0 s to 7 d; default 20 h: a day and its night
 * @param relayed senders whose mail a client has passed on, from which it is a machine that many submit to, 2 to 60; default 10: an
 *     application has one or a few
 * @param behind share of its refused mail that one sender must have to be meant instead of the machine, 0.1 to 1; default 0.5
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record ScriptBurstParams(
        Duration window,
        int messages,
        int newPathMessages,
        double spread,
        Prior usual,
        double tail,
        double harmShare,
        int harm,
        int unknown,
        double unknownShare,
        double kept,
        int believed,
        double chance,
        Duration acquainted,
        int relayed,
        double behind,
        double openFactor) {
    public ScriptBurstParams {
        Range.check("window", window, Duration.ofMinutes(10), Duration.ofHours(1));
        Range.check("messages", messages, 10, 1_000_000);
        Range.check("newPathMessages", newPathMessages, 2, 1_000_000);
        Range.check("spread", spread, 0.05, 1);
        Range.check("tail", tail, 0, 0.1);
        Range.check("harmShare", harmShare, 0.01, 1);
        Range.check("harm", harm, 2, 100_000);
        Range.check("unknown", unknown, 2, 100_000);
        Range.check("unknownShare", unknownShare, 0.01, 1);
        Range.check("kept", kept, 0, 1);
        Range.check("believed", believed, 1, 100_000);
        Range.check("chance", chance, 0, 0.1);
        Range.check("acquainted", acquainted, Duration.ZERO, Duration.ofDays(7));
        Range.check("relayed", relayed, 2, 60);
        Range.check("behind", behind, 0.1, 1);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static ScriptBurstParams defaults() {
        return new ScriptBurstParams(
                Duration.ofHours(1),
                100,
                20,
                0.5,
                new Prior(0.3, 0.1),
                1e-6,
                0.05,
                5,
                20,
                0.1,
                0.02,
                20,
                0.01,
                Duration.ofHours(20),
                10,
                0.5,
                0.5);
    }
}
