package postwarden.detect.dominantsender;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import postwarden.detect.Cause;
import postwarden.detect.Detector;
import postwarden.detect.Finding;
import postwarden.detect.Grade;
import postwarden.detect.OpenFinding;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Lead;
import postwarden.tally.Leader;
import postwarden.tally.Leaders;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * One sender has most of a host's deliveries, far more than ever; each that does is a finding of its own. Where they do not get through, everybody else's mail waits
 * behind them; a large mailing that is taken is LOW, for whoever asks why mail is slow. Late lines only add to their pane; duplicates
 * are removed before tallies.
 */
public final class DominantSenderDetector implements Detector {
    private static final String ID = "dominant-sender";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.SERVER, Span.HOST, Set.of());
    private static final Duration HOUR = Duration.ofHours(1);
    /** Panes between the earlier windows that are looked at. */
    private static final long LOOK = Pane.count(Duration.ofMinutes(5));

    private final DominantSenderParams params;
    private final long panes;

    public DominantSenderDetector(DominantSenderParams params) {
        this.params = params;
        panes = Pane.count(params.window());
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    /** However evenly it is sent, some pane of a window above the floors has its part of them, and of the trouble. */
    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.DELIVERIES) * panes >= params.attempts()
                && pane.leaders(Lead.SENDERS).most() * panes >= params.share() * params.attempts();
    }

    @Override
    public List<Finding> assess(View view, Set<String> open) {
        if (open.isEmpty() && !mayConcern(view.window(Pane.LENGTH))) {
            return List.of();
        }
        double least = open.isEmpty() ? 1 : params.openFactor();
        Tally window = view.window(params.window());
        if (window.count(Count.DELIVERIES) < least * params.attempts()) {
            return List.of();
        }
        Leaders before = before(view);
        return window.leaders(Lead.SENDERS).topAnd(1, open).stream()
                .map(leader -> Reign.of(window, leader, before))
                .filter(reign -> isTold(window, reign, open.contains(reign.sender())))
                .map(reign -> finding(view, window, reign).aboutOne(reign.sender()))
                .toList();
    }

    private boolean isTold(Tally window, Reign reign, boolean open) {
        double factor = open ? params.openFactor() : 1;
        long deliveries = window.count(Count.DELIVERIES);
        boolean reigns = deliveries >= factor * params.attempts()
                && reign.share() >= factor * params.share()
                && (reign.trouble() >= factor * params.trouble()
                        || deliveries >= factor * params.takenFactor() * params.attempts());
        return reigns
                && (open || (reign.known() >= params.history() && reign.share() >= params.factor() * reign.usual()));
    }

    /** What was sent before the window: the rest of the hour, and all that is older. */
    private Leaders before(View view) {
        Tally before = new Tally();
        before.merge(view.past());
        before.merge(view.window(HOUR.minus(params.window()), panes));
        return before.leaders(Lead.SENDERS);
    }

    /**
     * Rises at once and falls late, or a share about the floor would be told up and down all the time. What was told as taken
     * rises by what would be told anew, and where others do wait: at the end of a run there is nothing left but what nobody takes.
     */
    private boolean isStuck(View view, Tally window, Reign reign, long waiting) {
        Optional<OpenFinding> before = view.found(ID, reign.sender());
        if (before.filter(open -> open.severity().compareTo(Severity.MEDIUM) >= 0)
                .isPresent()) {
            return hasBeenStuck(view, reign);
        }
        return reign.trouble() >= params.trouble()
                && window.count(Count.DELIVERIES) >= params.attempts()
                && reign.share() >= params.share()
                && (before.isEmpty() || waiting >= params.waiting());
    }

    private boolean hasBeenStuck(View view, Reign reign) {
        // At fixed times, so that a peak that was seen stays seen until it is long enough ago.
        long first = Math.floorMod(view.pane(), LOOK) + 1;
        return reign.trouble() >= params.trouble()
                || LongStream.iterate(
                                first,
                                ago -> ago <= params.calm().toSeconds() / Pane.LENGTH.toSeconds(),
                                ago -> ago + LOOK)
                        .mapToObj(ago -> view.window(params.window(), ago))
                        .anyMatch(earlier -> earlier.count(Count.DELIVERIES) >= params.openFactor() * params.attempts()
                                && Reign.trouble(reign.sender(), earlier) >= params.trouble()
                                && isOf(reign.sender(), earlier));
    }

    /** Whether the sender had its part in the window: what another's mail met before is not held against it. */
    private boolean isOf(String sender, Tally earlier) {
        Leaders senders = earlier.leaders(Lead.SENDERS);
        return senders.of(sender).atMost() >= params.openFactor() * params.share() * senders.total();
    }

    private Finding finding(View view, Tally window, Reign reign) {
        String sender = reign.sender();
        String shown = Say.printable(sender);
        long waiting = waiting(window, sender);
        boolean stuck = isStuck(view, window, reign, waiting);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                new Subject(view.host(), "", "", sender, "", "", ""),
                Onset.of(view, params.window(), Count.DELIVERIES),
                grade(stuck, reign),
                0.8,
                List.of(
                        new Cause(
                                "BULK_RUN",
                                0.6,
                                shown + " has " + Say.percent(reign.share()) + " of the deliveries, where "
                                        + Say.percent(reign.usual()) + " are usual for it"),
                        new Cause(
                                "RETRIES",
                                0.35,
                                Say.percent(reign.trouble())
                                        + " of its deliveries are put off or refused, and each that is put off comes again")),
                shown + " has " + Say.percent(reign.share()) + " of the deliveries of " + view.host() + ", and "
                        + Say.percent(reign.trouble()) + " of its own do not get through",
                Say.count(window.count(Count.DELIVERIES), "delivery attempt") + " in "
                        + Say.number(params.window().toSeconds() / 60.0)
                        + " min. "
                        + summary(stuck, reign, waiting),
                new TreeMap<>(Map.of(
                        "share",
                        reign.share(),
                        "shareOfUsual",
                        reign.usual() == 0 ? reign.share() : reign.share() / reign.usual(),
                        "attempts",
                        (double) window.count(Count.DELIVERIES),
                        "trouble",
                        reign.trouble(),
                        "othersKeptWaiting",
                        (double) waiting)),
                new TreeMap<>(Map.of(
                        "share", params.share(),
                        "attempts", (double) params.attempts(),
                        "trouble", params.trouble())),
                Map.of(),
                Evidence.of(window, Count.LOOPS, Count.SERVER_LIMITS),
                DominantAdvice.of(view.host(), sender, window),
                "",
                window.has(Mark.LOG_GAP),
                List.of("How much waits in the queue is not logged; what was tried of it is."));
    }

    private Grade grade(boolean stuck, Reign reign) {
        if (stuck) {
            return Severity.MEDIUM.because("its mail is not taken, so the queue grows");
        }
        return reign.trouble() >= params.trouble()
                ? Severity.LOW.because("nobody was seen to wait behind what is not taken of it")
                : Severity.LOW.because("its mail is taken, so others wait for minutes at most");
    }

    private String summary(boolean stuck, Reign reign, long waiting) {
        if (waiting >= params.waiting()) {
            return "Mail of others waits behind it: " + waiting
                    + " times it was a minute or more until a message was tried at all.";
        }
        if (stuck) {
            return "Mail of others was not seen to wait so far.";
        }
        return reign.trouble() >= params.trouble()
                ? "It is the rest of a run, which nobody has taken yet."
                : "It is taken; as long as it is, others wait little.";
    }

    /** First attempts of others that came late, at least. */
    private static long waiting(Tally window, String sender) {
        Leaders late = window.leaders(Lead.KEPT_WAITING);
        return Math.max(0, late.total() - late.of(sender).atMost());
    }

    /**
     * How one sender stands among a host's deliveries.
     *
     * @param share of them, 0 to 1, at least
     * @param usual its share before, at most
     * @param known deliveries from before that this rests on
     * @param trouble share of its deliveries that were put off, greylisting apart, or refused: what others' mail meets elsewhere is
     *     not its doing
     */
    private record Reign(String sender, double share, double usual, long known, double trouble) {
        static Reign of(Tally window, Leader top, Leaders before) {
            double all = Math.max(1, window.leaders(Lead.SENDERS).total());
            double usual =
                    before.total() == 0 ? 0 : (double) before.of(top.name()).atMost() / before.total();
            return new Reign(top.name(), top.atLeast() / all, usual, before.total(), trouble(top.name(), window));
        }

        static double trouble(String sender, Tally window) {
            double tried = Math.max(1, window.leaders(Lead.SENDERS).of(sender).atMost());
            return Math.min(1, window.leaders(Lead.TROUBLED).of(sender).atLeast() / tried);
        }
    }
}
