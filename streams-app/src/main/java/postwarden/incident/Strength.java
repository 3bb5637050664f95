package postwarden.incident;

import java.util.Comparator;
import postwarden.detect.Finding;

/** How bad a finding is, to compare it with others of its kind. */
final class Strength {
    /** The weaker first; total over findings that differ in what people read, so that the order of arrival decides nothing. */
    static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparingDouble(Strength::size)
            .thenComparingDouble(Finding::confidence)
            .thenComparing(Finding::pane, Comparator.reverseOrder())
            .thenComparing(Finding::onset, Comparator.reverseOrder())
            .thenComparing(Finding::cause)
            .thenComparing(Finding::title)
            .thenComparing(Finding::summary);

    private Strength() {}

    static Finding stronger(Finding a, Finding b) {
        return ORDER.compare(a, b) >= 0 ? a : b;
    }

    /** How often over its threshold the measure that exceeds its own most is; 0 when nothing was held against a threshold. */
    static double size(Finding finding) {
        String main = Figures.mainMeasure(finding);
        return main.isEmpty()
                ? 0
                : finding.measures().getOrDefault(main, 0.0)
                        / finding.thresholds().getOrDefault(main, 1.0);
    }
}
