package postwarden.detect.compromisedaccount;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import postwarden.detect.View;
import postwarden.detect.account.Fate;
import postwarden.detect.account.Fresh;
import postwarden.detect.compromisedaccount.CompromisedAccountParams.Sending;
import postwarden.detect.compromisedaccount.Sign.Family;
import postwarden.detect.reading.Ordinary;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Tally;

/** What an account's sending says: how much, to whom, and what the other sides think of it. */
final class SendingSigns {
    /** Share of new recipients up to which a burst goes to the account's own circle. */
    private static final double MOSTLY_KNOWN = 0.5;

    private final Sending params;

    SendingSigns(Sending params) {
        this.params = params;
    }

    List<Sign> of(View view) {
        List<Sign> signs = new ArrayList<>();
        Tally slow = view.window(params.slowWindow());
        burst(view, slow).ifPresent(signs::add);
        fanOut(view, slow).ifPresent(signs::add);
        Fate fate = Fate.of(slow);
        int said = signs.size();
        unknownRecipients(fate).ifPresent(signs::add);
        abuse(fate).ifPresent(signs::add);
        if (signs.size() == said) {
            objections(fate).ifPresent(signs::add);
        }
        return signs;
    }

    private Optional<Sign> burst(View view, Tally slow) {
        // The floors before the rest, and that of the window which is summed anyway first: nearly every account is
        // below it.
        boolean isLonger = params.slowWindow().compareTo(params.burstWindow()) >= 0;
        if (isLonger && slow.count(Count.RECIPIENTS) < params.burstRecipients()) {
            return Optional.empty();
        }
        long recipients = view.window(params.burstWindow()).count(Count.RECIPIENTS);
        if (recipients < params.burstRecipients()) {
            return Optional.empty();
        }
        Ordinary ordinary = Ordinary.of(view, Count.RECIPIENTS, recipients, params.burstWindow(), params.usual());
        if (ordinary.tail() >= params.tail()) {
            return Optional.empty();
        }
        double minutes = params.burstWindow().toSeconds() / 60.0;
        double usual = ordinary.baseline().expected(params.usual()) * minutes;
        return Optional.of(new Sign(
                Family.VOLUME,
                isToItsOwn(view) ? params.knownBurst() : params.burst(),
                recipients + " recipients in " + Say.number(minutes) + " min, where " + Say.number(usual)
                        + " are usual"));
    }

    /** Whether most of the burst goes to people whom the account has written to before: a payroll run, a newsletter. */
    private boolean isToItsOwn(View view) {
        Fresh people = Fresh.of(view, view.window(params.burstWindow()));
        return people.recipients() > 0 && people.share() <= MOSTLY_KNOWN;
    }

    private Optional<Sign> fanOut(View view, Tally slow) {
        if (slow.distinct(Distinct.RECIPIENTS) < params.newRecipients()) {
            return Optional.empty();
        }
        Fresh people = Fresh.of(view, slow);
        if (people.share() < params.novelty()) {
            return Optional.empty();
        }
        boolean many = people.recipients() >= params.distinctRecipients();
        // Of an account that nothing is known about everybody is new, so that a few say nothing.
        if (!many && view.past().distinct(Distinct.RECIPIENTS) == 0) {
            return Optional.empty();
        }
        return Optional.of(new Sign(
                Family.VOLUME,
                areBeyondOrdinary(view, people) ? params.strangers() : params.fanOut(),
                people.recipients() + " different recipients in the hour, " + people.fresh()
                        + " of them never written to before"));
    }

    /**
     * Whether the new ones alone are more than the account sends at all, and more new ones in a row than it ever writes to:
     * each unlikely, and both together as unlikely as a burst.
     */
    private boolean areBeyondOrdinary(View view, Fresh people) {
        if (people.fresh() < params.manyStrangers()) {
            return false;
        }
        double inARow = people.chance(view);
        double soMany = Ordinary.of(view, Count.RECIPIENTS, people.fresh(), params.slowWindow(), params.usual())
                .tail();
        return inARow < params.chance() && soMany < params.chance() && inARow * soMany < params.tail();
    }

    private Optional<Sign> unknownRecipients(Fate fate) {
        if (fate.unknown() < params.someUnknown() || fate.unknownShare() < params.unknownShare()) {
            return Optional.empty();
        }
        return Optional.of(new Sign(
                Family.UNKNOWN_RECIPIENTS,
                fate.unknown() >= params.unknownRecipients() ? params.unknown() : params.unknownFew(),
                fate.unknown() + " recipients do not exist, " + Say.percent(fate.unknownShare())
                        + " of those decided"));
    }

    /** Few of each kind, none of which says anything by itself: the other side objects all the same. */
    private Optional<Sign> objections(Fate fate) {
        long both = fate.unknown() + fate.abuse();
        return both < params.someUnknown() || fate.unknownShare() + fate.abuseShare() < params.unknownShare()
                ? Optional.empty()
                : Optional.of(new Sign(
                        Family.UNKNOWN_RECIPIENTS,
                        params.unknownFew(),
                        fate.unknown() + " recipients do not exist and " + fate.abuse()
                                + " deliveries were refused as spam or for reputation, "
                                + Say.percent(Math.min(1, fate.unknownShare() + fate.abuseShare()))
                                + " of those decided"));
    }

    private Optional<Sign> abuse(Fate fate) {
        return fate.abuse() < params.abuseRefusals() || fate.abuseShare() < params.abuseShare()
                ? Optional.empty()
                : Optional.of(new Sign(
                        Family.ABUSE,
                        params.abuse(),
                        fate.abuse() + " deliveries were refused as spam or for reputation, "
                                + Say.percent(fate.abuseShare()) + " of those decided"));
    }
}
