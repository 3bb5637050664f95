package postwarden.incident;

import java.util.Comparator;
import postwarden.detect.Finding;
import postwarden.detect.Report;

/** The order of detector, key and host, in which nothing depends on which came first. */
final class Place {
    /** Of findings. */
    static final Comparator<Finding> ORDER = Comparator.comparing(Finding::detector)
            .thenComparing(finding -> finding.key().tenant())
            .thenComparing(finding -> finding.key().watch())
            .thenComparing(finding -> finding.key().name())
            .thenComparing(Finding::host)
            .thenComparing(Finding::about);

    /** Of reports of one tenant, pane by pane; a finding before an end: if a pane has both, the end ends nothing. */
    static final Comparator<Report> OF_REPORTS = Comparator.comparingLong(Report::pane)
            .thenComparing(Report::detector)
            .thenComparing(report -> report.key().watch())
            .thenComparing(report -> report.key().name())
            .thenComparing(Report::host)
            .thenComparing(Report::about)
            .thenComparing(Place::foundFirst);

    private Place() {}

    private static int foundFirst(Report a, Report b) {
        if (a instanceof Report.Found some && b instanceof Report.Found other) {
            return Strength.ORDER.compare(some.finding(), other.finding());
        }
        return Boolean.compare(b instanceof Report.Found, a instanceof Report.Found);
    }
}
