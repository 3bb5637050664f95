package postwarden.detect.remote;

import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;

/**
 * A transport of its own for one destination in Postfix. The limits belong into main.cf, where qmgr reads them
 * (SCHEDULER_README), and a rate delay forces concurrency 1, so the two are never advised together.
 */
final class PostfixLane {
    private static final String FIRST =
            "First see what is in force: postconf transport_maps; postconf -M slow/unix (if a lane exists already, only"
                    + " change its limits)";
    private static final String BACKOFF =
            "First see that retries are not tuned too hot: postconf minimal_backoff_time maximal_backoff_time"
                    + " queue_run_delay (defaults 300s 4000s 300s; they are global, a transport cannot have its own)";

    private PostfixLane() {}

    static Advice narrow(String destination, long sessions, List<String> never) {
        return new Advice(
                "Give " + destination + " a lane with at most " + sessions + " sessions at once",
                List.of(
                        FIRST,
                        BACKOFF,
                        map(destination),
                        "main.cf: postconf -e 'transport_maps = hash:/etc/postfix/transport'"
                                + " slow_destination_concurrency_limit=" + sessions
                                + " slow_destination_concurrency_failed_cohort_limit=10"
                                + " slow_destination_recipient_limit=50 smtp_connection_cache_destinations="
                                + Say.shell(destination),
                        "master.cf: postconf -M slow/unix='slow unix - - n - - smtp'",
                        "postfix reload"),
                verify(destination),
                rollback(destination),
                with(never, "Not together with slow_destination_rate_delay: that forces one session at a time."));
    }

    static Advice paced(String destination, List<String> never) {
        return new Advice(
                "Give " + destination + " a lane that paces deliveries",
                List.of(
                        FIRST,
                        BACKOFF,
                        map(destination),
                        "main.cf: postconf -e 'transport_maps = hash:/etc/postfix/transport' slow_destination_rate_delay=1s"
                                + " slow_destination_recipient_limit=50 smtp_connection_cache_destinations="
                                + Say.shell(destination),
                        "master.cf: postconf -M slow/unix='slow unix - - n - - smtp'",
                        "postfix reload; raise the delay by a second at a time while refusals go on"),
                verify(destination),
                rollback(destination),
                with(never, "Not together with a slow_destination_concurrency_limit: the delay already forces 1."));
    }

    private static String map(String destination) {
        return "echo " + Say.shell(destination + " slow:")
                + " >> /etc/postfix/transport; postmap /etc/postfix/transport";
    }

    private static String verify(String destination) {
        return "Refusals by " + destination + " fall AND deliveries to it rise; fewer log lines alone is no success."
                + " " + Say.lastLines("@" + destination + ">");
    }

    private static String rollback(String destination) {
        return "Take the line of " + destination + " out of /etc/postfix/transport, postmap it, postfix reload.";
    }

    private static List<String> with(List<String> never, String more) {
        return java.util.stream.Stream.concat(never.stream(), java.util.stream.Stream.of(more))
                .toList();
    }
}
