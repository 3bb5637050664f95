package postwarden.detect.egress;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Grade;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.UsualShare;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Lead;
import postwarden.tally.Leader;
import postwarden.tally.Mark;
import postwarden.tally.Odds;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Several destinations begin to refuse a host's mail for what they think of it: a block list, or a bad name. What one destination
 * thinks is {@code remote-throttle}'s, and spam that is refused for its content its sender's. Late lines only add to their pane;
 * duplicates are removed before tallies.
 */
public final class ReputationShiftDetector implements KeyDetector {
    private static final String ID = "reputation-shift";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.SERVER, Span.HOST, Set.of());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** How far back the beginning is looked for. */
    private static final Duration LOOK_BACK = Duration.ofHours(1);
    /** Share of refusals that name a list from which a list it is. */
    private static final double MOSTLY = 0.5;

    private final ReputationShiftParams params;

    public ReputationShiftDetector(ReputationShiftParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.OBJECTED) > 0;
    }

    /** What was met while it went on is not what is usual. */
    @Override
    public boolean doubts(View view) {
        return view.found(ID).isPresent();
    }

    /** Silence is no recovery, nor is what those take who do not look at the list: mail must be taken for a while. */
    @Override
    public Duration hold(View view, Duration usual) {
        boolean recovered = takenSinceObjection(view) >= params.taken();
        return recovered || usual.compareTo(params.quiet()) >= 0 ? usual : params.quiet();
    }

    private static long takenSinceObjection(View view) {
        Duration length = MINUTE;
        while (length.compareTo(LOOK_BACK) < 0
                && view.window(length.plus(MINUTE)).count(Count.OBJECTED) == 0) {
            length = length.plus(MINUTE);
        }
        Tally since = view.window(length);
        return since.count(Count.FIRST_REACHED) - since.count(Count.OBJECTED);
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        return Stream.of(
                        new Look(params.window(), params.objections(), 0),
                        new Look(params.longer(), params.few(), params.most()))
                .filter(look -> reaches(view, look, factor) && (open || isUnusual(view, view.window(look.length()))))
                .findFirst()
                .map(look -> finding(view, look));
    }

    /** What a window must show: so many refusals, and such a share of all that was answered, in it and lately. */
    private record Look(Duration length, int objections, double share) {}

    private boolean reaches(View view, Look look, double factor) {
        Tally window = view.window(look.length());
        return window.count(Count.OBJECTED) >= factor * look.objections()
                && window.distinct(Distinct.OBJECTING_DOMAINS) >= factor * params.domains()
                && window.share(Count.OBJECTED, Count.FIRST_REACHED) >= factor * look.share()
                && view.window(params.window()).share(Count.OBJECTED, Count.FIRST_REACHED) >= factor * look.share();
    }

    private boolean isUnusual(View view, Tally window) {
        long objected = window.count(Count.OBJECTED);
        long answered = window.count(Count.FIRST_REACHED);
        double usual = usual(view);
        return objected >= params.factor() * usual * answered
                && Odds.atLeast(objected, answered, usual) < params.tail();
    }

    private double usual(View view) {
        Tally past = view.past();
        return UsualShare.of(
                past.count(Count.OBJECTED), past.count(Count.FIRST_REACHED), params.usual(), params.believed());
    }

    private Finding finding(View view, Look look) {
        Tally window = view.window(look.length());
        long objected = window.count(Count.OBJECTED);
        String whose = whose(window, objected);
        boolean listed = window.share(Count.OBJECTED_BY_LIST, Count.OBJECTED) >= MOSTLY;
        long domains = window.distinct(Distinct.OBJECTING_DOMAINS);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                new Subject(view.host(), "", "", whose, "", "", ""),
                Onset.of(view, LOOK_BACK, Count.OBJECTED),
                grade(view, whose),
                0.9,
                causes(window, whose, listed),
                Say.count(domains, "destination") + " refuse mail of " + view.host() + " for "
                        + (listed ? "a block list" : "its reputation") + ": " + objected + " of "
                        + window.count(Count.FIRST_REACHED) + " first attempts in "
                        + Say.number(look.length().toSeconds() / 60.0) + " min",
                whose.isEmpty()
                        ? "It meets the mail of many senders, so it is the host's name; each of their messages that is refused"
                                + " comes back to somebody who did nothing wrong."
                        : "Nearly all of it was for mail of " + Say.printable(whose) + ".",
                new TreeMap<>(Map.of(
                        Count.OBJECTED.measure(),
                        (double) objected,
                        Count.OBJECTED_BY_LIST.measure(),
                        (double) window.count(Count.OBJECTED_BY_LIST),
                        Count.FIRST_REACHED.measure(),
                        (double) window.count(Count.FIRST_REACHED),
                        Distinct.OBJECTING_DOMAINS.measure(),
                        (double) domains,
                        "objectedShare",
                        window.share(Count.OBJECTED, Count.FIRST_REACHED))),
                new TreeMap<>(Map.of(
                        Count.OBJECTED.measure(),
                        (double) look.objections(),
                        Distinct.OBJECTING_DOMAINS.measure(),
                        (double) params.domains(),
                        "objectedShare",
                        Math.max(look.share(), params.factor() * usual(view)))),
                Map.of(),
                Evidence.of(window, Count.OBJECTED),
                EgressAdvice.unwanted(view.host(), whose, listed),
                "",
                window.has(Mark.LOG_GAP),
                List.of(
                        "Which outgoing address a message took is not in every line; hosts behind one address share its name.",
                        "Mail that is filed as spam without a word is in no log."));
    }

    /** What met several senders is the host's name, though the few of the last hour are one's. */
    private static Grade grade(View view, String whose) {
        return whose.isEmpty() || view.found(ID).filter(Severity.HIGH::equals).isPresent()
                ? Severity.HIGH.because("everybody's mail from this host is refused")
                : Severity.MEDIUM.because("it meets one sender's mail, as far as is seen");
    }

    /** Whose mail most of it is about; empty when it is several's. */
    private String whose(Tally window, long objected) {
        return window.leaders(Lead.OBJECTED).top(1).stream()
                .filter(leader -> leader.atLeast() >= params.single() * objected)
                .map(Leader::name)
                .findFirst()
                .orElse("");
    }

    private static List<Cause> causes(Tally window, String whose, boolean listed) {
        long lists = window.count(Count.OBJECTED_BY_LIST);
        double share = window.share(Count.OBJECTED_BY_LIST, Count.OBJECTED);
        return new Weighing()
                .add(
                        "BLOCK_LIST",
                        listed ? 0.8 : 0.5 * share,
                        lists + " of " + window.count(Count.OBJECTED) + " refusals name a block list")
                .add(
                        "BAD_NAME",
                        listed ? 0.05 + 0.2 * (1 - share) : 0.8,
                        window.count(Count.OBJECTED) - lists + " speak of reputation or complaints without one")
                .add(
                        "ONE_SENDER",
                        whose.isEmpty() ? 0 : 0.3,
                        "nearly all are for one sender's mail, whose domain or content it may be")
                .causes();
    }
}
