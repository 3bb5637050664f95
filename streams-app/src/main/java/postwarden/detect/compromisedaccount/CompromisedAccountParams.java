package postwarden.detect.compromisedaccount;

import java.time.Duration;
import postwarden.detect.reading.Range;
import postwarden.tally.Prior;

/**
 * Settings of {@code compromised-account}. Each sign adds to the log-odds that a thief has the account; signs of one family
 * are not independent, so a family's sum has a cap, and no family reaches the score alone.
 *
 * @param score from which an account is taken to be stolen, 1 to 20; default 6: odds of 400 to 1, which is what it takes
 *     against a prior of about one stolen account in a hundred that send a burst
 * @param suspicion score from which it is worth a look, 1 to {@code score}; default 4.5
 * @param families independent ones that must speak, 1 to 4; default 2 (detectors.md C6)
 * @param authentication what guessing, foreign logins and their spread are worth
 * @param sending what bursts, bounces and abuse codes are worth
 * @param openFactor share of the scores that keeps an open finding open, and one that is sure enough to stop the account at that,
 *     and of the hour's mean rate at which an account still sends, 0.05 to 1; default 0.5
 */
public record CompromisedAccountParams(
        double score,
        double suspicion,
        int families,
        Authentication authentication,
        Sending sending,
        double openFactor) {

    /**
     * When logins look foreign.
     *
     * @param guessingWindow in which guesses at the account matter, 1 min to 1 h; default 1 h (detectors.md A5)
     * @param failures refused logins in it that are guessing, 2 to 100,000; default 10 (detectors.md A5)
     * @param sources strangers' addresses from which it is a campaign, 2 to 60; default 15 (detectors.md A2)
     * @param fanOutWindow in which the spread of logins is looked at, 1 min to 1 h; default 5 min (detectors.md A6)
     * @param fanOutClients addresses that logged in, 2 to 60; default 5: one person has fewer devices in use at once
     * @param fanOutNetworks networks they are in, 2 to 60; default 3
     * @param slowFanOutWindow the same for thieves who take turns, 10 min to 1 h; default 1 h
     * @param slowFanOutFactor times both floors that are asked of it, 1 to 10; default 2.5: a traveller's telephone changes
     *     networks, but hardly to a dozen addresses of eight that it never had
     * @param afterCampaign weight of foreign logins after a campaign, 0 to 6; default 3.5
     * @param afterGuesses weight of foreign logins after guesses from few addresses, 0 to 6; default 2.5
     * @param fanOut weight of the spread, 0 to 6; default 2.5
     * @param slowFanOut weight of the slow spread, 0 to 6; default 3: with a dozen strangers who are written to it is worth a
     *     look, which at twenty recipients an hour is after some 40 min
     * @param firstSeen weight of a sender's address that the account's history has not, 0 to 6; default 1.5: people travel
     * @param firstSystem the same where most of what it sends is submitted from there, and nothing ever came from that system
     *     before, 0 to 6; default 2: somebody who reads mail on a journey writes from it to few
     * @param dormant weight of an account of which nothing was seen before today on a host that has been watched for days, 0 to 6;
     *     default 0.9: a burst to a list of dead addresses stays a suspicion with it, because a new colleague with an old list
     *     does the same
     * @param familiar weight taken away when all logins come from addresses that the history has, 0 to 6; default 2
     * @param cap of the family, 0 to 6; default 4.5
     */
    public record Authentication(
            Duration guessingWindow,
            int failures,
            int sources,
            Duration fanOutWindow,
            int fanOutClients,
            int fanOutNetworks,
            Duration slowFanOutWindow,
            double slowFanOutFactor,
            double afterCampaign,
            double afterGuesses,
            double fanOut,
            double slowFanOut,
            double firstSeen,
            double firstSystem,
            double dormant,
            double familiar,
            double cap) {
        public Authentication {
            Range.check("guessingWindow", guessingWindow, Duration.ofMinutes(1), Duration.ofHours(1));
            Range.check("failures", failures, 2, 100_000);
            Range.check("sources", sources, 2, 60);
            Range.check("fanOutWindow", fanOutWindow, Duration.ofMinutes(1), Duration.ofHours(1));
            Range.check("fanOutClients", fanOutClients, 2, 60);
            Range.check("fanOutNetworks", fanOutNetworks, 2, 60);
            Range.check("slowFanOutWindow", slowFanOutWindow, Duration.ofMinutes(10), Duration.ofHours(1));
            Range.check("slowFanOutFactor", slowFanOutFactor, 1, 10);
            Range.check("afterCampaign", afterCampaign, 0, 6);
            Range.check("afterGuesses", afterGuesses, 0, 6);
            Range.check("fanOut", fanOut, 0, 6);
            Range.check("slowFanOut", slowFanOut, 0, 6);
            Range.check("firstSeen", firstSeen, 0, 6);
            Range.check("firstSystem", firstSystem, 0, 6);
            Range.check("dormant", dormant, 0, 6);
            Range.check("familiar", familiar, 0, 6);
            Range.check("authentication cap", cap, 0, 6);
        }

        public static Authentication defaults() {
            return new Authentication(
                    Duration.ofHours(1),
                    10,
                    15,
                    Duration.ofMinutes(5),
                    5,
                    3,
                    Duration.ofHours(1),
                    2.5,
                    3.5,
                    2.5,
                    2.5,
                    3,
                    1.5,
                    2,
                    0.9,
                    2,
                    4.5);
        }
    }

    /**
     * When sending looks foreign.
     *
     * @param burstWindow of a burst, 1 min to 1 h; default 10 min (detectors.md C1)
     * @param burstRecipients recipients in it, 2 to 1,000,000; default 50 (detectors.md C1)
     * @param usual recipients of an ordinary account in a minute; default mean 0.3, size 0.1: three in ten minutes, in bursts
     * @param tail probability below which a burst is out of the account's ordinary, 0 to 0.1; default 1e-6
     * @param slowWindow of the slower signs, 10 min to 1 h; default 1 h
     * @param distinctRecipients different recipients in it, 10 to 1,000,000; default 150 (detectors.md C3)
     * @param newRecipients different recipients in it that are a sign when the account's history has other ones, 5 to 60;
     *     default 12: at twenty an hour a slow thief has written to as many in 36 min
     * @param novelty share of them that the account's history has not, 0.1 to 1; default 0.8
     * @param unknownRecipients deliveries to recipients that do not exist, 2 to 100,000; default 20 (detectors.md C2)
     * @param someUnknown deliveries to recipients that do not exist which say a little, 2 to {@code unknownRecipients};
     *     default 3: more than one person mistypes in an hour, and all that a slow thief has; what says so little is told only
     *     beside strangers who are written to from where the account never was. Refusals as spam or for reputation
     *     count with them where neither says anything alone
     * @param unknownShare share of the deliveries that are decided, 0.01 to 1; default 0.1
     * @param abuseRefusals deliveries refused as spam or for reputation, 1 to 100,000; default 5
     * @param abuseShare share of the deliveries that are decided, 0.005 to 1; default 0.05
     * @param burst weight and cap of the volume family, 0 to 6; default 2.5
     * @param knownBurst the same where most recipients were written to before, 0 to 6; default 1: payroll and newsletters are
     *     such bursts, and so is a thief who writes to the address book
     * @param fanOut weight of many new recipients within it, 0 to 6; default 1.5
     * @param strangers the same where those that are new are alone more than the account's usual recipients explain, and it has
     *     written to known ones before, 0 to 6; default 2.5, as much as a burst: a slow thief is no burst, but nobody gets to
     *     know thirty people in an hour
     * @param manyStrangers different new recipients in {@code slowWindow} from which that is asked, 5 to 60; default 30: a new
     *     colleague, or an owner on a journey, writes to twenty
     * @param chance probability below which so many recipients, and so many new ones in a row, must each be for that, 0 to 0.1;
     *     default 0.01, and both together below {@code tail}: whoever always writes to others (sales, a shop) never gets there
     * @param unknown weight of unknown recipients, 0 to 6; default 2.5: the best single sign there is, but an old address
     *     list does the same
     * @param unknownFew weight of few of them, 0 to 6; default 1.5
     * @param abuse weight of abuse codes, 0 to 6; default 2
     */
    public record Sending(
            Duration burstWindow,
            int burstRecipients,
            Prior usual,
            double tail,
            Duration slowWindow,
            int distinctRecipients,
            int newRecipients,
            double novelty,
            int unknownRecipients,
            int someUnknown,
            double unknownShare,
            int abuseRefusals,
            double abuseShare,
            double burst,
            double knownBurst,
            double fanOut,
            double strangers,
            int manyStrangers,
            double chance,
            double unknown,
            double unknownFew,
            double abuse) {
        public Sending {
            Range.check("burstWindow", burstWindow, Duration.ofMinutes(1), Duration.ofHours(1));
            Range.check("burstRecipients", burstRecipients, 2, 1_000_000);
            Range.check("tail", tail, 0, 0.1);
            Range.check("slowWindow", slowWindow, Duration.ofMinutes(10), Duration.ofHours(1));
            Range.check("distinctRecipients", distinctRecipients, 10, 1_000_000);
            Range.check("newRecipients", newRecipients, 5, 60);
            Range.check("novelty", novelty, 0.1, 1);
            Range.check("unknownRecipients", unknownRecipients, 2, 100_000);
            Range.check("someUnknown", someUnknown, 2, unknownRecipients);
            Range.check("unknownShare", unknownShare, 0.01, 1);
            Range.check("abuseRefusals", abuseRefusals, 1, 100_000);
            Range.check("abuseShare", abuseShare, 0.005, 1);
            Range.check("burst", burst, 0, 6);
            Range.check("knownBurst", knownBurst, 0, 6);
            Range.check("fanOut", fanOut, 0, 6);
            Range.check("strangers", strangers, 0, 6);
            Range.check("manyStrangers", manyStrangers, 5, 60);
            Range.check("chance", chance, 0, 0.1);
            Range.check("unknown", unknown, 0, 6);
            Range.check("unknownFew", unknownFew, 0, 6);
            Range.check("abuse", abuse, 0, 6);
        }

        public static Sending defaults() {
            return new Sending(
                    Duration.ofMinutes(10),
                    50,
                    new Prior(0.3, 0.1),
                    1e-6,
                    Duration.ofHours(1),
                    150,
                    12,
                    0.8,
                    20,
                    3,
                    0.1,
                    5,
                    0.05,
                    2.5,
                    1,
                    1.5,
                    2.5,
                    30,
                    0.01,
                    2.5,
                    1.5,
                    2);
        }
    }

    public CompromisedAccountParams {
        Range.check("score", score, 1, 20);
        Range.check("suspicion", suspicion, 1, score);
        Range.check("families", families, 1, 4);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static CompromisedAccountParams defaults() {
        return new CompromisedAccountParams(6, 4.5, 2, Authentication.defaults(), Sending.defaults(), 0.5);
    }
}
