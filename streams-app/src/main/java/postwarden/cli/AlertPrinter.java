package postwarden.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import postwarden.detect.Severity;
import postwarden.incident.Alert;
import postwarden.soc.topic.AlertTail;

/** Prints the alerts that were asked for, and complains of records that are none. */
final class AlertPrinter implements AlertTail.Reader {
    /** Incidents whose block was shown, of which a line is enough from then on; older ones are shown whole once more. */
    private static final int MOST_SHOWN = 10_000;

    private final PrintStream out;
    private final PrintStream err;
    private final AlertFormat format;
    private final AlertText text;
    private final Optional<String> incident;
    private final Severity least;
    private final Map<String, Boolean> shown = new LinkedHashMap<>();
    private long unreadable;

    /**
     * To this output.
     *
     * @param incident the only one to print
     * @param least severity to print
     */
    AlertPrinter(
            PrintStream out,
            PrintStream err,
            AlertFormat format,
            boolean colour,
            Optional<String> incident,
            Severity least) {
        this.out = out;
        this.err = err;
        this.format = format;
        this.text = new AlertText(AlertText.DEFAULT_WIDTH, colour);
        this.incident = incident;
        this.least = least;
    }

    @Override
    public void alert(Alert alert) {
        boolean asked = incident.map(alert.incidentId()::equals).orElse(true)
                && alert.severity().compareTo(least) >= 0;
        if (asked) {
            out.println(format == AlertFormat.TEXT ? forPeople(alert) : format.line(alert));
        }
    }

    @Override
    public void unreadable(String where, String why) {
        unreadable++;
        Complaint.print(err, "postwarden alerts", where + " is no alert: " + why);
    }

    /** How many records could not be read. */
    long unreadable() {
        return unreadable;
    }

    /** An incident's first record whole, what happens to it later in a line. */
    private String forPeople(Alert alert) {
        boolean first = shown.put(alert.incidentId(), true) == null;
        if (shown.size() > MOST_SHOWN) {
            shown.remove(shown.keySet().iterator().next());
        }
        return first ? text.block(alert) : text.line(alert);
    }
}
