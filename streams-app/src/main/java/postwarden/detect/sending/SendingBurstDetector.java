package postwarden.detect.sending;

import java.time.Duration;
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
import postwarden.detect.Usual;
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
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * An account writes to far more people than it ever does, to people it never wrote to, and either it is done from where nobody
 * of it ever was, or the other side refuses more of it than of any list that is kept: then it is a program on the owner's own
 * computer. What scripts send is left to {@code script-burst}. An account of which nothing was seen before, though its host has been watched for days, must write to as many as a
 * campaign does. Each of these alone is a newsletter, a new customer list, a journey. Late lines only add to their pane; duplicates
 * are removed before tallies.
 */
public final class SendingBurstDetector implements KeyDetector {
    private static final String ID = "sending-burst";
    private static final Scope SCOPE = new Scope(ID, Watch.ACCOUNT, Span.FLEET, Set.of(Count.RECIPIENTS));
    private static final Duration HOUR = Duration.ofHours(1);
    /** Minutes of an account's history below which its owner's addresses may not have been seen yet: a day. */
    private static final double YOUNG = 24 * 60;

    private final SendingBurstParams params;
    private final long panes;

    public SendingBurstDetector(SendingBurstParams params) {
        this.params = params;
        panes = Pane.count(params.persistence().window());
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    /** A burst's window has a pane with its part of the floor and more. */
    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.RECIPIENTS) * panes > params.recipients();
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        long recipients = view.window(params.persistence().window()).count(Count.RECIPIENTS);
        if (recipients < params.recipients() * (open ? params.openFactor() : 1)
                || LocalUser.areScripts(view.window(params.persistence().window()))) {
            return Optional.empty();
        }
        boolean young = view.baseline(Count.RECIPIENTS).windows() < YOUNG;
        Submitters submitters = Submitters.of(view, params.persistence().window(), young);
        Tally hour = view.window(HOUR);
        Objections objections = Objections.in(view, hour);
        Fresh people = Fresh.of(view, hour);
        Ordinary ordinary = Ordinary.of(
                view, Count.RECIPIENTS, recipients, params.persistence().window(), params.usual());
        boolean strange = submitters.areElsewhere()
                || (submitters.areFirst() && people.fresh() >= params.highRecipients())
                || (submitters.recipients() > 0 && objections.speak(params.objections(), people.chance(view)));
        boolean starts = strange && isNew(people) && ordinary.tail() < params.tail() && lasts(view, recipients);
        return open || starts
                ? Optional.of(told(view, recipients, submitters, objections, people, ordinary)
                        .about(view))
                : Optional.empty();
    }

    private boolean lasts(View view, long recipients) {
        return recipients >= params.immediateFactor() * params.recipients()
                || params.persistence().met(view, past -> past.count(Count.RECIPIENTS) >= params.recipients());
    }

    private boolean isNew(Fresh people) {
        return people.recipients() > 0 && people.share() >= params.novelty();
    }

    private Grade grade(Submitters submitters, Fresh people) {
        if (!submitters.areForeign()) {
            return Severity.MEDIUM.because(submitters.whoseElse());
        }
        return people.fresh() >= params.highRecipients()
                ? Severity.HIGH.because("who submits has never been the owner so far, and writes to many strangers")
                : Severity.MEDIUM.because(
                        "who submits has never been the owner so far, but writes to fewer strangers than a campaign");
    }

    private Told told(
            View view, long recipients, Submitters submitters, Objections objections, Fresh people, Ordinary ordinary) {
        String account = view.key().name();
        double minutes = params.persistence().window().toSeconds() / 60.0;
        double usual = ordinary.baseline().expected(params.usual()) * minutes;
        String many = Say.count(recipients, "recipient") + " in " + Say.number(minutes) + " min";
        return new Told(
                ID,
                grade(submitters, people),
                0.7,
                causes(many, usual, submitters, objections, people),
                Onset.of(view, params.persistence().window(), Count.RECIPIENTS),
                Say.printable(account) + " sends far more than it ever does: " + many,
                Say.number(usual) + " are usual. Of " + people.recipients() + " different recipients in the hour "
                        + people.fresh() + " were never written to before; " + submitters.words() + "; "
                        + objections.words()
                        + ".",
                Map.of(
                        "recipientsPer10Min",
                        recipients * 10 / minutes,
                        "distinctRecipients",
                        (double) people.recipients(),
                        "novelty",
                        people.share(),
                        "foreignClients",
                        (double) submitters.newClients(),
                        "refusedRecipients",
                        (double) objections.refused()),
                Map.of(
                        "recipientsPer10Min",
                        params.recipients() * 10 / minutes,
                        "novelty",
                        params.novelty(),
                        "foreignClients",
                        1.0,
                        "refusedRecipients",
                        (double) params.objections().least()),
                Map.of("recipientsPerMinute", Usual.of(ordinary.baseline(), params.usual())),
                AccountAdvice.suspicious(account, view.window(HOUR)),
                "",
                submitters.areUnknown() ? "T1078" : "");
    }

    private static List<Cause> causes(
            String many, double usual, Submitters submitters, Objections objections, Fresh people) {
        String volume =
                many + " where " + Say.number(usual) + " are usual, " + Say.percent(people.share()) + " of them new; ";
        return submitters.areUnknown()
                ? List.of(
                        new Cause(
                                "STOLEN_CREDENTIALS",
                                submitters.areForeign() ? 0.65 : 0.5,
                                volume + submitters.words()),
                        new Cause("CAMPAIGN", 0.3, "a first mailing from a new place looks the same; few of it bounce"))
                : List.of(
                        new Cause(
                                submitters.likeliestAtHome(),
                                0.5,
                                volume + submitters.words() + "; " + objections.words()),
                        new Cause("CAMPAIGN", 0.4, "a first mailing to a list that nobody kept looks the same"));
    }
}
