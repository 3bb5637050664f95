package postwarden.detect.account;

import postwarden.detect.View;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Odds;
import postwarden.tally.Sketch;
import postwarden.tally.Tally;

/**
 * To how many an account writes, and to how many of them for the first time as far as its history older than an hour goes.
 *
 * @param recipients different ones; exact up to 64
 * @param fresh of these, never written to before
 * @param addressed recipients of all messages, each as often as it was written to
 */
public record Fresh(long recipients, long fresh, long addressed) {
    /** Share of new ones among the recipients of an account of which nothing is known: a letter in two is an answer. */
    private static final double ANYBODYS = 0.5;
    /**
     * Recipients from which an account's own share counts for half. Everybody is new at first, so that nine letters to nine
     * people are no proof of who always writes to others.
     */
    private static final double FEW = 20;
    /** The same on its first day, when to write to new people alone says nothing: hardly more than nothing is believed. */
    private static final double NOTHING = 2;

    public static Fresh of(View view, Tally window) {
        Sketch now = window.sketch(Distinct.RECIPIENTS);
        long beyond = now.countBeyond(view.past().sketch(Distinct.RECIPIENTS));
        return new Fresh(now.count(), beyond, Math.max(window.count(Count.RECIPIENTS), beyond));
    }

    /** Probability of so many new ones among those written to, by how often the account has written to new ones before, 0 to 1. */
    public double chance(View view) {
        Tally past = view.past();
        long known = past.distinct(Distinct.RECIPIENTS);
        double few = FirstDay.is(view) ? NOTHING : FEW;
        double newBefore = (known + ANYBODYS * few) / (Math.max(known, past.count(Count.RECIPIENTS)) + few);
        return Odds.atLeast(fresh, addressed, newBefore);
    }

    /** Share of recipients that are new, 0 to 1. */
    public double share() {
        return recipients == 0 ? 0 : Math.min(1, (double) fresh / recipients);
    }
}
