package postwarden.detect.remote;

import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;

/** A transport of its own for one destination in Exim, which unlike Postfix also has retry times by destination. */
final class EximLane {
    private EximLane() {}

    static Advice advice(String destination, long sessions, boolean panel, List<String> never) {
        String where = panel
                ? "WHM, Exim Configuration Manager, Advanced Editor (a hand-edited exim.conf is overwritten): "
                : "Exim's configuration: ";
        return new Advice(
                "Give " + destination + " a lane with at most " + sessions + " sessions at once",
                List.of(
                        "First see what waits: exiqgrep -c -r " + Say.shell("@" + destination),
                        where + "router before the one for all: slow_remote: driver = dnslookup; domains = "
                                + destination + "; transport = slow_smtp; no_more",
                        where + "transport: slow_smtp: driver = smtp; max_parallel = " + sessions
                                + "; connection_max_messages = 50; max_rcpt = 50; hosts_max_try = 2",
                        where + "retry: " + Say.printable(destination) + " * F,2h,15m; G,16h,1h,1.5; F,4d,6h",
                        "Check before restarting: exim -bV; exim -bt " + Say.shell("someone@" + destination)),
                "Refusals by " + destination + " fall AND deliveries to it rise; fewer log lines alone is no success.",
                "Take the router, transport and retry rule out again and restart Exim.",
                never);
    }
}
