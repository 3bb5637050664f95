package postwarden.parse.rule;

import java.util.List;
import postwarden.event.Event;

/** What knows the lines of one daemon. */
public interface DaemonParser {

    /** Whether a header's program name belongs to this daemon. */
    boolean owns(String program);

    /**
     * Reads the line's message; leaves the kind {@code UNRECOGNISED} when no rule fits.
     *
     * @param event holds the line and this daemon
     */
    void read(Event.Builder event);

    /** All rules, for the test that each is met by a line of the corpus. */
    List<Rule> rules();
}
