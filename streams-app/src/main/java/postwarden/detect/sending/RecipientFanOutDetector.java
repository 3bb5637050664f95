package postwarden.detect.sending;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Grade;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.View;
import postwarden.detect.account.AccountAdvice;
import postwarden.detect.account.Fresh;
import postwarden.detect.account.LocalUser;
import postwarden.detect.account.Objections;
import postwarden.detect.account.Submitters;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Ordinary;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * An account writes, without any burst, to more new people within an hour than anybody knows, from where nobody of it ever
 * was, or so that more is refused than of a list that is kept: a thief, or a program on the owner's own computer, who keeps
 * below the limits. Of who may be either a day is looked at. Bursts are told by {@code sending-burst}, and what scripts send by
 * {@code script-burst}. Late lines only add to their pane; duplicates are removed before tallies.
 */
public final class RecipientFanOutDetector implements KeyDetector {
    private static final String ID = "recipient-fan-out";
    private static final Scope SCOPE = new Scope(ID, Watch.ACCOUNT, Span.FLEET, Set.of(Count.RECIPIENTS));

    private final RecipientFanOutParams params;

    public RecipientFanOutDetector(RecipientFanOutParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    /** An hour above the floor has less than one recipient in many panes, so whoever sends is looked at. */
    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.RECIPIENTS) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        Tally window = view.window(params.window());
        if (window.distinct(Distinct.RECIPIENTS) < factor * Math.min(params.doubtful(), params.recipients())
                || LocalUser.areScripts(window)) {
            return Optional.empty();
        }
        Fresh people = Fresh.of(view, window);
        if (!open && people.share() < params.novelty()) {
            return Optional.empty();
        }
        Submitters submitters = Submitters.of(view, params.window(), false);
        Objections objections = Objections.in(view, window);
        boolean refused = isRefused(view, submitters, objections, people);
        Fresh day = day(view, submitters, people, refused);
        boolean goesOn = people.recipients() >= factor * params.recipients() || submitters.areStrangers() || refused;
        boolean starts = (isMany(view, submitters, objections, people)
                        || isManyAtOnce(view, submitters, people)
                        || isManyInADay(view, submitters, day, refused))
                && !isBurst(view);
        return (open && goesOn) || starts
                ? Optional.of(told(view, submitters, objections, people, day).about(view))
                : Optional.empty();
    }

    /** Whether strangers are written to by who may be one, so that what was done is not taken for the account's own. */
    @Override
    public boolean doubts(View view) {
        Tally window = view.window(params.window());
        if (window.distinct(Distinct.RECIPIENTS) < params.doubtful()) {
            return false;
        }
        Fresh people = Fresh.of(view, window);
        if (people.share() < params.novelty() || people.chance(view) >= params.chance()) {
            return false;
        }
        Submitters submitters = Submitters.of(view, params.window(), false);
        return submitters.areUnknown() || isRefused(view, submitters, Objections.in(view, window), people);
    }

    /** Whether the other sides object to what the owner's own place sends to strangers, of an account of which a day is known. */
    private boolean isRefused(View view, Submitters submitters, Objections objections, Fresh people) {
        return !submitters.firstDay()
                && submitters.recipients() > 0
                && objections.speak(params.objections(), people.chance(view));
    }

    private boolean isMany(View view, Submitters submitters, Objections objections, Fresh people) {
        boolean strange = submitters.areUnknown()
                || (submitters.recipients() > 0 && objections.speak(params.objections(), people.chance(view)));
        return strange && people.recipients() >= params.recipients();
    }

    /**
     * Whether somebody who was never the owner writes letter after letter to strangers, as the owner never did. One letter to many
     * is an invitation, from wherever it is sent; what comes all at once is left to sending-burst and to what adds up signs.
     */
    private boolean isManyAtOnce(View view, Submitters submitters, Fresh people) {
        Tally hour = view.window(params.window());
        long lately = view.window(params.burstWindow()).count(Count.RECIPIENTS);
        return submitters.areForeign()
                && !submitters.firstDay()
                && people.fresh() >= params.perHour()
                && hour.count(Count.MESSAGES) >= params.novelty() * params.perHour()
                && lately * 2 <= hour.count(Count.RECIPIENTS)
                && people.chance(view) * ordinary(view).tail() < params.quick();
    }

    private Ordinary ordinary(View view) {
        long sent = view.window(params.window()).count(Count.RECIPIENTS);
        return Ordinary.of(view, Count.RECIPIENTS, sent, params.window(), params.usual());
    }

    /**
     * Whoever is seen for the first time, and the owner's own place, must have written to as many in the day as anybody in an
     * hour.
     */
    private boolean isManyInADay(View view, Submitters submitters, Fresh day, boolean refused) {
        int floor = submitters.areElsewhere() ? params.perDay() : params.recipients();
        return (submitters.areStrangers() || refused)
                && day.recipients() >= floor
                && day.share() >= params.novelty()
                && day.chance(view) < params.chance();
    }

    /**
     * The last hour, with what was in doubt before it within the day where strangers did that, too, or where it was refused like
     * this.
     */
    private Fresh day(View view, Submitters submitters, Fresh people, boolean refused) {
        if (!submitters.areStrangers() && !refused) {
            return people;
        }
        Tally day = new Tally().merge(view.doubted()).merge(view.window(params.window()));
        Fresh all = Fresh.of(view, day);
        boolean isAlike = submitters.areStrangers()
                ? Submitters.of(view, day).areStrangers()
                : Objections.in(view, day).speak(params.objections().withChance(params.chance()), all.chance(view));
        return isAlike ? all : people;
    }

    /** Whether any part of the window, laid side by side, is a burst. */
    private boolean isBurst(View view) {
        long length = Pane.count(params.burstWindow());
        for (long ago = 0; ago + length <= Pane.count(params.window()); ago += length) {
            if (view.window(params.burstWindow(), ago).count(Count.RECIPIENTS) >= params.burstRecipients()) {
                return true;
            }
        }
        return false;
    }

    private Grade grade(Submitters submitters, Fresh day) {
        if (!submitters.areForeign()) {
            return Severity.MEDIUM.because(submitters.whoseElse());
        }
        return day.recipients() >= params.recipients()
                ? Severity.HIGH.because("who submits has never been the owner so far")
                : Severity.MEDIUM.because(
                        "who submits has never been the owner so far, but writes to fewer strangers than a campaign");
    }

    private Told told(View view, Submitters submitters, Objections objections, Fresh people, Fresh day) {
        String account = view.key().name();
        Tally window = view.window(params.window());
        String many = Say.count(people.recipients(), "different recipient") + " within "
                + Say.number(params.window().toSeconds() / 60.0) + " min";
        return new Told(
                ID,
                grade(submitters, day),
                0.75,
                causes(submitters, objections, people),
                Onset.of(view, params.window(), Count.RECIPIENTS),
                Say.printable(account) + " writes to strangers without haste: " + many,
                people.fresh() + " of them were never written to before, and no burst is among them; "
                        + submitters.words() + "; " + objections.words() + "."
                        + (day.recipients() > people.recipients()
                                ? " Within the day, as far as it was not its owner's for sure: "
                                        + Say.count(day.recipients(), "recipient") + "."
                                : ""),
                Map.of(
                        "distinctRecipients", (double) people.recipients(),
                        "distinctRecipientsInADay", (double) day.recipients(),
                        "novelty", people.share(),
                        "distinctRecipientDomains", (double) window.distinct(Distinct.RECIPIENT_DOMAINS),
                        "foreignClients", (double) submitters.newClients(),
                        "refusedRecipients", (double) objections.refused()),
                Map.of(
                        "distinctRecipients",
                        (double) params.recipients(),
                        "distinctRecipientsInADay",
                        (double) (submitters.areElsewhere() ? params.perDay() : params.recipients()),
                        "novelty",
                        params.novelty(),
                        "foreignClients",
                        1.0,
                        "refusedRecipients",
                        (double) params.objections().least()),
                Map.of(),
                AccountAdvice.suspicious(account, window),
                "",
                submitters.areUnknown() ? "T1078" : "");
    }

    private static List<Cause> causes(Submitters submitters, Objections objections, Fresh people) {
        String novelty = people.fresh() + " of them were never written to before; ";
        return submitters.areUnknown()
                ? List.of(
                        new Cause(
                                "STOLEN_CREDENTIALS",
                                submitters.areForeign() ? 0.7 : 0.5,
                                novelty + submitters.words()),
                        new Cause("CAMPAIGN", 0.25, "a mailing that is sent slowly, from a new place, looks the same"))
                : List.of(
                        new Cause(
                                submitters.likeliestAtHome(),
                                0.5,
                                novelty + submitters.words() + "; " + objections.words()),
                        new Cause("CAMPAIGN", 0.4, "a mailing to a list that nobody kept looks the same"));
    }
}
