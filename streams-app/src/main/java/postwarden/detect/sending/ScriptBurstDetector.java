package postwarden.detect.sending;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Grade;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Usual;
import postwarden.detect.View;
import postwarden.detect.account.Fate;
import postwarden.detect.account.LocalUser;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Ordinary;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Odds;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * A program that needs no login sends for somebody else. A script of a local user: many messages to many people, from a place
 * where nothing was sent before, or so that the other sides refuse them. A client that the host trusts, be it a program of the host
 * that speaks SMTP or a machine of its network: so that the other sides refuse them. Hours in which somewhat more is refused than
 * ever are added up for a day. Messages to few people are cron's and monitors'; a shop's month-end comes from its usual place and
 * is accepted. Late lines only add to their pane; duplicates are removed before tallies.
 */
public final class ScriptBurstDetector implements KeyDetector {
    private static final String ID = "script-burst";
    private static final Scope SCOPE = new Scope(ID, Watch.ACCOUNT, Span.FLEET, Set.of(Count.RECIPIENTS));
    /** Working directories that are shown and looked up. */
    private static final int PLACES = 8;

    private final ScriptBurstParams params;

    public ScriptBurstDetector(ScriptBurstParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    /** Accounts of people have no scripts; a script's bounces come later than its messages. */
    @Override
    public boolean mayConcern(Tally pane) {
        return pane.sum(
                        Count.SCRIPT_MESSAGES,
                        Count.BOUNCED_UNKNOWN,
                        Count.UNKNOWN_RECIPIENT_REJECTS,
                        Count.BOUNCED_SPAM)
                > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        Scripts scripts = Scripts.of(view, params.window(), PLACES);
        double factor = open ? params.openFactor() : 1;
        if (!LocalUser.areScripts(view.window(params.window()))
                || scripts.messages() < factor * Math.min(params.newPathMessages(), params.unknown())
                || scripts.spread() < params.spread()) {
            return Optional.empty();
        }
        Program program = Program.of(view.key().name());
        Fate fate = fate(view.window(params.window()), program);
        long sent = view.window(params.window()).count(Count.RECIPIENTS);
        Ordinary ordinary = Ordinary.of(view, Count.RECIPIENTS, sent, params.window(), params.usual());
        boolean fromNewPlace = program.hasPlaces() && scripts.fromNew() >= factor * params.newPathMessages();
        boolean manyDead =
                fate.unknown() >= factor * params.unknown() && fate.unknownShare() >= factor * params.unknownShare();
        boolean burst = scripts.messages() >= factor * params.messages()
                && (open || ordinary.tail() < params.tail())
                && isHarmful(fate, factor);
        boolean known = !open && !program.hasPlaces() && isAsEver(view, fate);
        boolean inTheHour = fromNewPlace || ((manyDead || burst) && !known);
        if (!inTheHour && !isManyInADay(view, program, factor)) {
            return Optional.empty();
        }
        Optional<Relay> relay = program.hasPlaces() ? Optional.empty() : Relay.of(view, params.window(), params);
        return Optional.of(told(view, program, relay, scripts, fate, ordinary, inTheHour)
                .about(view, relay.map(Relay::sender).orElse("")));
    }

    /** Whether somewhat more goes to the dead than ever did, so that it is not taken for what is usual. */
    @Override
    public boolean doubts(View view) {
        Tally hour = view.window(params.window());
        return isRefused(view, fate(hour, Program.of(view.key().name())), hour, params.harm(), params.chance());
    }

    /** Whether hours of doubt add up to what is told of one, and this is one of them. */
    private boolean isManyInADay(View view, Program program, double factor) {
        if (!doubts(view)) {
            return false;
        }
        Tally day = new Tally().merge(view.doubted()).merge(view.window(params.window()));
        return isRefused(view, fate(day, program), day, factor * params.unknown(), params.tail());
    }

    private boolean isRefused(View view, Fate fate, Tally sent, double floor, double chance) {
        return fate.unknown() >= floor
                && fate.unknownShare() >= params.harmShare()
                && LocalUser.areScripts(sent)
                && isAcquainted(view, sent)
                && likelihood(view, fate) < chance;
    }

    /** Whether it is known what the sender does on other days; that it did nothing, where its host has been watched for days. */
    private boolean isAcquainted(View view, Tally sent) {
        return sent.has(Mark.SEASONED)
                || view.baseline(Count.RECIPIENTS).windows()
                        >= params.acquainted().toMinutes();
    }

    /** What one destination holds against all of a host's mail is no sign against whichever machine gives it most. */
    private static Fate fate(Tally tally, Program program) {
        Fate fate = Fate.of(tally);
        return program.hasPlaces() ? fate : fate.ofRecipients();
    }

    /** Whether no more of it goes to the dead than ever did, or than of a list that is kept: behind a client may be many people. */
    private boolean isAsEver(View view, Fate fate) {
        return likelihood(view, fate) >= params.tail();
    }

    /** Probability of so many dead among those decided, by what was usual or of a list that is kept. */
    private double likelihood(View view, Fate fate) {
        Fate before = Fate.of(view.past());
        double usual = (double) before.unknown() / (before.decided() + params.believed());
        return Odds.atLeast(fate.unknown(), fate.decided(), Math.min(1, Math.max(usual, params.kept())));
    }

    private boolean isHarmful(Fate fate, double factor) {
        return fate.unknown() + fate.abuse() >= factor * params.harm()
                && fate.unknownShare() + fate.abuseShare() >= factor * params.harmShare();
    }

    private Told told(
            View view,
            Program program,
            Optional<Relay> relay,
            Scripts scripts,
            Fate fate,
            Ordinary ordinary,
            boolean inTheHour) {
        String many = Say.count(scripts.messages(), "message") + " within "
                + Say.number(params.window().toSeconds() / 60.0) + " min to "
                + Say.count(scripts.people(), "recipient");
        return new Told(
                ID,
                inTheHour
                        ? grade(scripts, fate)
                        : Severity.MEDIUM.because(
                                "more of it than ever goes to addresses that do not exist, for hours, and never many at once"),
                isHarmful(fate, 1) ? 0.9 : 0.6,
                relay.map(found -> causes(found, fate)).orElseGet(() -> causes(program, scripts, fate)),
                Onset.of(view, params.window(), Count.MESSAGES),
                relay.map(found -> found.sendsInBulk(program)).orElseGet(program::sendsInBulk) + ": " + many
                        + (scripts.place().isEmpty() ? "" : ", from " + Say.printable(scripts.shownPlace())),
                (program.hasPlaces() ? scripts.fromNew() + " of them from where nothing was sent before; " : "")
                        + fate.unknown()
                        + " recipients do not exist and " + fate.abuse() + " deliveries were refused as spam or for"
                        + " reputation, of " + fate.decided() + " decided.",
                Map.of(
                        "scriptMessages", (double) scripts.messages(),
                        "newPathMessages", (double) scripts.fromNew(),
                        "spread", scripts.spread(),
                        "unknownRecipients", (double) fate.unknown(),
                        "abuseRefusals", (double) fate.abuse()),
                Map.of(
                        "scriptMessages", (double) params.messages(),
                        "newPathMessages", (double) params.newPathMessages(),
                        "spread", params.spread(),
                        "unknownRecipients", (double) params.unknown()),
                Map.of("recipientsPerMinute", Usual.of(ordinary.baseline(), params.usual())),
                advice(view, program, relay, scripts),
                scripts.place(),
                relay.isPresent() ? "T1078" : program.technique());
    }

    private List<Advice> advice(View view, Program program, Optional<Relay> relay, Scripts scripts) {
        Tally window = view.window(params.window());
        return relay.map(found -> RelayAdvice.of(found, program, window))
                .orElseGet(() -> program.hasPlaces()
                        ? ScriptAdvice.of(view.key().name(), scripts.place(), window)
                        : ClientAdvice.of(program, window));
    }

    /** What nobody refuses may be a program that the customer has just installed, unless it runs where no program belongs. */
    private Grade grade(Scripts scripts, Fate fate) {
        if (isHarmful(fate, 1)) {
            return Severity.HIGH.because("what it sends is refused as spam or goes to addresses that do not exist");
        }
        return scripts.isOutOfPlace()
                ? Severity.MEDIUM.because("it runs where no program belongs, though nobody refuses its mail yet")
                : Severity.INFO.because("nobody refuses its mail: it may be a program that was just installed");
    }

    private List<Cause> causes(Relay relay, Fate fate) {
        boolean harmful = isHarmful(fate, 1);
        return List.of(
                new Cause(
                        "SENDER_BEHIND_RELAY",
                        harmful ? 0.8 : 0.55,
                        "the machine passes on the mail of " + Say.count(relay.senders(), "sender")
                                + ", and most of what is refused is of one"),
                new Cause("OWN_MAILING", harmful ? 0.1 : 0.35, "a mailing of that sender's own, to an old list"),
                new Cause("INFECTED_COMPUTER", 0.1, "a program on the machine that writes as that sender"));
    }

    private List<Cause> causes(Program program, Scripts scripts, Fate fate) {
        List<Cause> causes = new ArrayList<>();
        boolean harmful = isHarmful(fate, 1);
        causes.add(new Cause(
                program.cause(),
                harmful ? 0.8 : 0.55,
                program.hasPlaces() && scripts.fromNew() > 0
                        ? scripts.fromNew() + " messages come from where nothing was sent before"
                        : "the other sides refuse it: " + fate.unknown() + " recipients do not exist, " + fate.abuse()
                                + " refusals as spam"));
        causes.add(new Cause(
                "OWN_MAILING", harmful ? 0.15 : 0.4, "a new program of the customer's own that mails its list"));
        return causes;
    }
}
