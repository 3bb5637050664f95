package postwarden.detect.retrystorm;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.detect.remote.RemoteAdvice;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** How to calm retries: first their timing, then what the cause asks for. */
final class StormAdvice {
    private StormAdvice() {}

    static List<Advice> of(String destination, String cause, Tally window) {
        List<Advice> advice = new ArrayList<>();
        if (window.has(Mark.POSTFIX) || !window.has(Mark.EXIM)) {
            advice.add(postfix(destination));
        }
        if (window.has(Mark.EXIM)) {
            advice.add(exim(destination));
        }
        advice.addAll(RemoteAdvice.of(destination, cause, window, 1));
        return advice;
    }

    private static Advice postfix(String destination) {
        return new Advice(
                "Let retries to " + destination + " cool down",
                List.of(
                        "First see who feeds the queue: qshape -s deferred | head; a job that runs too often is paused at"
                                + " its source, and comes back in a lane of its own.",
                        "First see the timers: postconf minimal_backoff_time maximal_backoff_time queue_run_delay",
                        "Where they are lower than this: postconf -e minimal_backoff_time=300s maximal_backoff_time=4000s"
                                + " queue_run_delay=300s; postfix reload",
                        "If other mail waits behind it, hold this destination's: postqueue -j | jq -r --arg at "
                                + Say.shell("@" + destination)
                                + " 'select(any(.recipients[]; .address | endswith($at))) | .queue_id' | postsuper -h -"),
                "Attempts for each message fall AND deliveries to " + destination
                        + " rise; fewer log lines alone is no success.",
                "postsuper -H ALL releases what was held, a part at a time; set the timers back.",
                never());
    }

    private static Advice exim(String destination) {
        return new Advice(
                "Let retries to " + destination + " cool down",
                List.of(
                        "First see who feeds the queue: exim -bp | exiqsumm | sort -rn | head",
                        "Retry rule, before the one for all: " + destination + " * F,2h,15m; G,16h,1h,1.5; F,4d,6h",
                        "Queue runner not more often than every 15 min: look for -q in /etc/default/exim4 or the service's"
                                + " command line.",
                        "If other mail waits behind it, freeze this destination's: exiqgrep -i -r "
                                + Say.shell("@" + destination) + " | xargs exim -Mf"),
                "Attempts for each message fall AND deliveries to " + destination
                        + " rise; fewer log lines alone is no success.",
                "exiqgrep -z -i | xargs exim -Mt thaws what was frozen; take the retry rule out again.",
                never());
    }

    private static List<String> never() {
        return List.of(
                "Never postqueue -f, postfix flush or exim -qff: the whole backlog knocks at once.",
                "Do not shorten backoff times to get mail out faster: it is what feeds the storm.",
                "Do not delete the queue: it is mail.");
    }
}
