package postwarden.detect.sending;

import java.time.Duration;
import java.util.ArrayList;
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
import postwarden.detect.account.Fate;
import postwarden.detect.account.LocalUser;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Ordinary;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Lead;
import postwarden.tally.Leader;
import postwarden.tally.Leaders;
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
        return inTheHour || isManyInADay(view, program, factor)
                ? Optional.of(
                        told(view, program, scripts, fate, ordinary, inTheHour).about(view))
                : Optional.empty();
    }

    /** Whether somewhat more goes to the dead than ever did, so that it is not taken for what is usual. */
    @Override
    public boolean doubts(View view) {
        Tally hour = view.window(params.window());
        return isRefused(view, fate(hour, Program.of(view.key().name())), hour, params.harm(), params.chance());
    }

    /** Whether hours of doubt add up to what is told of one. */
    private boolean isManyInADay(View view, Program program, double factor) {
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

    private Told told(View view, Program program, Scripts scripts, Fate fate, Ordinary ordinary, boolean inTheHour) {
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
                causes(program, scripts, fate),
                Onset.of(view, params.window(), Count.MESSAGES),
                program.sendsInBulk() + ": " + many
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
                program.hasPlaces()
                        ? ScriptAdvice.of(view.key().name(), scripts.place(), view.window(params.window()))
                        : ClientAdvice.of(program, view.window(params.window())),
                scripts.place(),
                program.technique());
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

    /**
     * What the scripts of a user did.
     *
     * @param messages of scripts
     * @param people different recipients
     * @param fromNew messages, at least, from places of which the history has none; all of them where no script of the user ever
     *     sent on a host that has been watched for days; where neither is known, those from where no program belongs
     * @param place where most came from, new ones first; empty where it is not logged
     */
    private record Scripts(long messages, long people, long fromNew, String place) {
        /** Directories that a web server writes to: data belongs there and no program. */
        private static final Set<String> WRITTEN = Set.of("uploads", "cache", "tmp", "temp", "shm", "images", "files");

        /** Characters of a path in a title. */
        private static final int SHOWN = 120;

        static Scripts of(View view, Duration length, int places) {
            Tally window = view.window(length);
            Leaders before = view.past().leaders(Lead.SCRIPTS);
            // Of a user who never had a script send, a host that has been watched for days knows that.
            boolean known = before.total() > 0 || window.has(Mark.SEASONED);
            long fresh = 0;
            String newest = "";
            List<Leader> top = window.leaders(Lead.SCRIPTS).top(places);
            for (Leader place : top) {
                if (known ? before.of(place.name()).atMost() == 0 : isOutOfPlace(place.name())) {
                    fresh += place.atLeast();
                    newest = newest.isEmpty() ? place.name() : newest;
                }
            }
            String most = top.isEmpty() ? "" : top.get(0).name();
            long messages = window.count(Count.SCRIPT_MESSAGES);
            boolean isFirst = known && view.past().count(Count.SCRIPT_MESSAGES) == 0;
            return new Scripts(
                    messages,
                    window.distinct(Distinct.RECIPIENTS),
                    isFirst ? messages : fresh,
                    newest.isEmpty() ? most : newest);
        }

        boolean isOutOfPlace() {
            return isOutOfPlace(place);
        }

        /** Whether it is below a directory for data, or a hidden one. */
        private static boolean isOutOfPlace(String place) {
            int from = 0;
            while (from < place.length()) {
                int slash = place.indexOf('/', from);
                int end = slash < 0 ? place.length() : slash;
                String part = place.substring(from, end);
                if (part.startsWith(".") || WRITTEN.contains(part)) {
                    return true;
                }
                from = end + 1;
            }
            return false;
        }

        double spread() {
            return messages == 0 ? 0 : Math.min(1, (double) people / messages);
        }

        String shownPlace() {
            return place.length() <= SHOWN ? place : place.substring(0, SHOWN) + "…";
        }
    }
}
