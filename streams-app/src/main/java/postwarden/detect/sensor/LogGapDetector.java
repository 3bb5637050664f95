package postwarden.detect.sensor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Pane;
import postwarden.tally.Sample;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Lines of a host are missing: the producer says so, or bytes of a file never came although later ones did. What comes late or
 * twice is told apart before it is counted; see {@code Holes}.
 */
public final class LogGapDetector implements KeyDetector {
    private static final String ID = "log-gap";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.SERVER, Span.HOST, Set.of());
    private static final String NEVER_CAME = "BYTES_NEVER_CAME";

    private final LogGapParams params;

    public LogGapDetector(LogGapParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.sum(Count.LOSSES, Count.HOLES) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        Tally window = view.window(params.window());
        return mayConcern(window) && (open || mayConcern(view.window(Pane.LENGTH)))
                ? Optional.of(finding(view, window))
                : Optional.empty();
    }

    private Finding finding(View view, Tally window) {
        String host = view.host();
        long gaps = window.sum(Count.LOSSES, Count.HOLES);
        long bytes = window.count(Count.LOST_BYTES);
        List<Cause> causes = causes(window);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                host,
                view.pane(),
                new Subject(host, "", "", "", "", "", ""),
                Onset.of(view, params.window(), window.count(Count.HOLES) > 0 ? Count.HOLES : Count.LOSSES),
                bytes >= params.highBytes()
                        ? Severity.HIGH.because("so much is missing that an attack may have passed in it unseen")
                        : Severity.MEDIUM.because(
                                "what is missing is short, but whoever hides something would cut it out"),
                causes.get(0).name().equals(NEVER_CAME) ? 0.9 : 1,
                causes,
                "Log lines of " + host + " are missing: "
                        + (bytes > 0 ? "at least " + Say.count(bytes, "byte") : "nobody knows how many") + " in "
                        + Say.count(gaps, "place"),
                "What happened in them was not seen: every number about " + host
                        + " from then is a lower bound, and quiet is no proof of calm.",
                new TreeMap<>(Map.of(
                        "gaps",
                        (double) gaps,
                        "holes",
                        (double) window.count(Count.HOLES),
                        "losses",
                        (double) window.count(Count.LOSSES),
                        "lostBytes",
                        (double) bytes)),
                new TreeMap<>(Map.of("gaps", 1.0)),
                Map.of(),
                Evidence.of(window, Count.HOLES, Count.LOSSES),
                GapAdvice.of(host, window, causes.get(0).name()),
                "",
                true,
                List.of("What the missing lines said; a loss without an end may be of any size."));
    }

    private static List<Cause> causes(Tally window) {
        Weighing weighing = new Weighing();
        weighing.add(
                NEVER_CAME,
                (double) window.count(Count.HOLES),
                "later bytes of the file came, these did not, and the producer did not say that it lost them");
        List<Sample> losses = window.samples(Count.LOSSES);
        for (LossCause cause : LossCause.values()) {
            long signs = losses.stream()
                    .filter(loss -> LossCause.of(loss.text()) == cause)
                    .count();
            double share = losses.isEmpty() ? 0 : (double) signs / (double) losses.size();
            weighing.add(
                    cause.name(), share * (double) window.count(Count.LOSSES), "the producer says: " + cause.because());
        }
        if (losses.isEmpty()) {
            weighing.add(
                    LossCause.GONE_BEFORE_READ.name(),
                    (double) window.count(Count.LOSSES),
                    "the producer says: " + LossCause.GONE_BEFORE_READ.because());
        }
        return weighing.causes();
    }
}
