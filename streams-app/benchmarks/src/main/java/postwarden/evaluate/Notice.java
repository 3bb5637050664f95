package postwarden.evaluate;

import java.time.Instant;
import java.util.Set;
import postwarden.detect.Severity;

/**
 * One thing that was told to a person, by us or by a rule of others.
 *
 * @param incident what belongs together has the same text
 * @param detector who speaks
 * @param spoken who has spoken so far in this incident, children too
 * @param child whether it belongs to another incident and nobody is called for it alone
 * @param told event time at which it was told
 * @param server the host that it is about; empty for the fleet
 * @param subjects clients, accounts, senders, destinations, recipients and scripts that it is about
 * @param cause the likeliest; empty where none is given
 */
record Notice(
        String incident,
        String detector,
        Set<String> spoken,
        Step step,
        boolean child,
        Instant told,
        Severity severity,
        String server,
        Set<String> subjects,
        String cause) {
    enum Step {
        OPENED,
        UPDATED,
        OVER
    }

    Notice {
        spoken = Set.copyOf(spoken);
        subjects = Set.copyOf(subjects);
    }
}
