package postwarden.detect.limit;

import java.util.List;
import java.util.Map;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Severity;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** Exim accepts messages and leaves them to the next queue run: nothing is refused, mail is late. */
final class QueueOnly {
    static final LimitRule RULE =
            LimitRule.of("queue-only", Watch.SERVER, Count.QUEUE_ONLY, (part, window) -> said(part), QueueOnly::told);

    /**
     * One list server leaves all but the first ten of its messages to the queue run, each with a line, and nothing is wrong: a
     * tenth of those is counted.
     */
    private static final int BULK = 10;

    private QueueOnly() {}

    private static long said(Tally part) {
        long bulk = part.count(Count.QUEUE_ONLY_BULK);
        return part.count(Count.QUEUE_ONLY) - bulk + bulk / BULK;
    }

    private static Told told(Sight sight) {
        Tally window = sight.window();
        long waiting = window.count(Count.QUEUE_ONLY);
        return new Told(
                Severity.LOW.because("mail is late, none is refused"),
                causes(window),
                sight.host() + " only queues what it accepts: " + Say.count(waiting, "message") + " in "
                        + sight.minutes() + " minutes wait for a queue run",
                "Nothing was refused: the messages are on disk and leave with the next queue run, so this is a delay of minutes"
                        + " to an hour, not a 421.",
                Map.of(
                        "queued", (double) waiting,
                        "queuedOfBulk", (double) window.count(Count.QUEUE_ONLY_BULK),
                        "load", window.peak(Peak.LOAD_HUNDREDTHS) / 100.0,
                        "limitValue", (double) window.peak(Peak.LIMIT_VALUE)),
                List.of(Count.QUEUE_ONLY),
                List.of(advice(sight)),
                "",
                List.of("How long the messages wait is told by their deliveries only."));
    }

    private static List<Cause> causes(Tally window) {
        long all = window.count(Count.QUEUE_ONLY);
        long bulk = window.count(Count.QUEUE_ONLY_BULK);
        long load = window.peak(Peak.LOAD_HUNDREDTHS);
        double busy = (double) (all - bulk) / Math.max(1, all);
        return new Weighing()
                .add("LOAD", load > 0 ? 2 * busy : 0, "the daemon states a load of " + Say.number(load / 100.0))
                .add("MANY_CONNECTIONS", load > 0 ? 0.2 : busy, "more connections were open than smtp_accept_queue")
                .add(
                        "BULK_CONNECTION",
                        0.01 + 1 - busy,
                        Say.count(bulk, "message") + " came in connections with many others")
                .causes();
    }

    private static Advice advice(Sight sight) {
        return new Advice(
                "Let " + sight.host() + " deliver at once again, within what it bears",
                List.of(
                        "See which it is: exigrep 'no immediate delivery' /var/log/exim_mainlog | tail -20 (Debian:"
                                + " /var/log/exim4/mainlog)",
                        "\"too many connections\": exim -bP smtp_accept_queue smtp_accept_max. Keep smtp_accept_queue <="
                                + " smtp_accept_max: Exim silently takes a larger one for 0, which means never queue only.",
                        "\"more than 10 messages received in one connection\": one bulk sender. Raise"
                                + " smtp_accept_queue_per_connection (10 by default) only when its mail must not wait.",
                        "\"load average\": find the load first; queue_only_load is doing what it should."),
                "The lines \"no immediate delivery\" end; exim -bpc falls with the next queue run.",
                "Put the old values back and restart Exim.",
                List.of(
                        "Do not count these as refusals, and do not raise smtp_accept_max because of them.",
                        "Do not flush the queue by hand while the load is high: the queue runner does it."));
    }
}
