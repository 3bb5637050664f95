package postwarden.detect.account;

import postwarden.detect.View;
import postwarden.detect.reading.Range;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Odds;
import postwarden.tally.Tally;

/**
 * What the other side says against an account's mail: recipients that do not exist, content that is refused. A list that is
 * kept has hardly any; a list that was bought or drawn has some. It tells a program on the owner's own computer from the
 * owner's mailing, where the place tells nothing.
 *
 * @param refused recipients that do not exist, and deliveries refused as spam or for reputation
 * @param share of the recipients whose fate is known, 0 to 1
 * @param unknown recipients that do not exist, which are among the refused
 * @param unknownShare share of those that do not exist, 0 to 1
 * @param decided recipients whose fate is known
 * @param messages that the account sent
 * @param usual share of the account's mail before that was refused, 0 to 1; taken for too low while little is known of it
 */
public record Objections(
        long refused, double share, long unknown, double unknownShare, long decided, long messages, double usual) {
    /** Recipients whose fate is known from which an account's own share is nearly believed. */
    private static final double FEW = 20;

    /**
     * From when objections count.
     *
     * @param least refusals, 1 to 1000; default 4: one or two have left any company
     * @param share of the recipients whose fate is known, 0 to 1; default 0.03: mailing services look into it at five
     * @param kept share that lists have which are kept, 0 to 1; default 0.02: what is above is written to for the first time in years
     * @param chance probability below which so many must be for such a list, or for the account's own mail where more of it is
     *     refused every day, 0 to 1; default 0.05: seven of a hundred where four are a shop's every day
     * @param newness probability below which so many new recipients must be for the account, 0 to 1; default 0.01: whoever
     *     always writes to others, as a shop does, tells nothing by it
     * @param messages of the account, 1 to 1000; default 5: a program sends many; a person's circular is one message to many, or a
     *     few where there is a limit
     * @param most share of unknown recipients from which {@code unknown-recipients} tells it, where they are {@code many}, 0 to 1;
     *     default 0.1, as there, so that one cause is one page
     * @param many 2 to 100,000; default of a burst 2, because it is told there soon, else 20, as there
     */
    public record Floor(
            int least, double share, double kept, double chance, double newness, int messages, double most, int many) {
        public Floor {
            Range.check("least", least, 1, 1000);
            Range.check("share", share, 0, 1);
            Range.check("kept", kept, 0, 1);
            Range.check("chance", chance, 0, 1);
            Range.check("newness", newness, 0, 1);
            Range.check("messages", messages, 1, 1000);
            Range.check("most", most, 0, 1);
            Range.check("many", many, 2, 100_000);
        }

        /** Of a burst. */
        public static Floor ofBurst() {
            return new Floor(4, 0.03, 0.02, 0.05, 0.01, 5, 0.1, 2);
        }

        /** Of mail that is sent slowly. */
        public static Floor ofHours() {
            return new Floor(4, 0.03, 0.02, 0.05, 0.01, 5, 0.1, 20);
        }

        /** The same for who has looked at several hours, and adds up those in which they spoke. */
        public Floor withChance(double lower) {
            return new Floor(least, share, kept, lower, newness, messages, most, many);
        }
    }

    /** What was said in a window, beside what is said every day. */
    public static Objections in(View view, Tally window) {
        Fate fate = Fate.of(window);
        Fate before = Fate.of(view.past());
        return new Objections(
                fate.unknown() + fate.abuse(),
                fate.unknownShare() + fate.abuseShare(),
                fate.unknown(),
                fate.unknownShare(),
                fate.decided(),
                window.count(Count.MESSAGES),
                (before.unknown() + before.abuse()) / (before.decided() + FEW));
    }

    /**
     * Whether they are more than a kept list has and than the account's mail always had, of people that are new to it, and not
     * so many that they are told by themselves.
     *
     * @param newness probability of so many new recipients for this account ({@link Fresh#chance})
     */
    public boolean speak(Floor floor, double newness) {
        return refused >= floor.least()
                && messages >= floor.messages()
                && share >= floor.share()
                && (unknown < floor.many() || unknownShare < floor.most())
                && newness < floor.newness()
                && Odds.atLeast(refused, decided, Math.min(1, Math.max(usual, floor.kept()))) < floor.chance();
    }

    /** For a person. */
    public String words() {
        return Say.count(refused, "recipient") + " refused (" + Say.percent(Math.min(1, share)) + ")";
    }
}
