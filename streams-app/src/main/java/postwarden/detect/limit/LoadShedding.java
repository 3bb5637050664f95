package postwarden.detect.limit;

import java.util.List;
import java.util.Map;
import postwarden.detect.Advice;
import postwarden.detect.Severity;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** Connections are refused because of the machine's load, not because of their number. */
final class LoadShedding {
    static final LimitRule RULE = LimitRule.of(
            "load-shedding",
            Watch.SERVER,
            Count.LOAD_SHEDDING,
            (part, window) -> part.count(Count.LOAD_SHEDDING),
            LoadShedding::told);

    private static final double HUNDREDTHS = 100;

    private LoadShedding() {}

    private static Told told(Sight sight) {
        Tally window = sight.window();
        double load = window.peak(Peak.LOAD_HUNDREDTHS) / HUNDREDTHS;
        String stated = load > 0 ? "a load of " + Say.number(load) : "too high a load";
        return new Told(
                Severity.HIGH.because("everybody is refused who is on no reserve list"),
                new Weighing()
                        .add("LOAD", 0.95, "the daemon refuses by load and states " + stated)
                        .add(
                                "CONNECTIONS",
                                window.count(Count.SERVER_LIMITS) > 0 ? 0.3 : 0.05,
                                "it also refused " + Say.count(window.count(Count.SERVER_LIMITS), "connection")
                                        + " at a limit of their number")
                        .causes(),
                sight.host() + " turns connections away because of its load: " + Say.count(sight.said(), "time")
                        + " in " + Say.count(Math.max(1, sight.minutes()), "minute") + ", it states " + stated,
                "Everybody is refused for now who is not on a reserve list, however few are connected: "
                        + window.peak(Peak.CONCURRENCY)
                        + " sessions were seen at most. Senders try again, so mail is late.",
                Map.of(
                        "load", load,
                        "peakConcurrency", (double) window.peak(Peak.CONCURRENCY),
                        "serverLimits", (double) window.count(Count.SERVER_LIMITS)),
                List.of(Count.LOAD_SHEDDING, Count.SERVER_LIMITS),
                List.of(advice(sight)),
                "",
                List.of("What makes the load is not in a mail log: look at the machine."));
    }

    private static Advice advice(Sight sight) {
        String exim = sight.window().has(Mark.EXIM)
                ? "Exim: exim -bP smtp_load_reserve deliver_queue_load_max queue_only_load smtp_reserve_hosts; put partners"
                        + " that must get through into smtp_reserve_hosts."
                : "Sendmail: RefuseLA and QueueLA say from which load on it refuses and queues.";
        return new Advice(
                "Find what loads " + sight.host() + ", not who connects to it",
                List.of(
                        "On the host: uptime; top -b -n 1 | head -30; iostat -x 1 3 (waiting for disks counts as load)",
                        "The usual ones: MySQL, a backup or cron job, PHP of one site (a WordPress under attack), a spam filter"
                                + " without memory.",
                        "Pause or limit that first: mysqladmin processlist; systemctl list-timers; ps -eo user,pcpu,args"
                                + " --sort=-pcpu | head",
                        exim),
                "The load falls below the configured one and the lines \"load average\" end; mail that waited arrives.",
                "Start again what was paused.",
                List.of(
                        "Do not raise smtp_accept_max or process limits: more sessions make more load.",
                        "Do not switch off smtp_load_reserve: without it the machine stops answering at all.",
                        "Do not block clients: none of them is the cause."));
    }
}
