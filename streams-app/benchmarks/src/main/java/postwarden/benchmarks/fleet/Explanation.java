package postwarden.benchmarks.fleet;

/** What the report says about its numbers. */
final class Explanation {
    static final String CONTESTANTS = """
            The bare consumers are what no reader can be faster than. The DSL and Flink count what the lines name (server, client,
            account, sender, destination) with our parser, in windows of one length, and nothing else: no duplicates, no
            correlation, no baselines, no verdicts, no incidents.
            """;
    static final String KEYS = "Clients, accounts, senders and destinations of the fleet, few of them busy.";
    static final String WINDOWS =
            "A window that is counted anew for every hop costs by its length; panes that merge do not.";
    static final String SKEW = "One client makes this share of all connections.";
    static final String FRESH = "This share of clients, accounts, senders and destinations comes once and never again.";
    static final String INSTANCES = """
            Processes that share the partitions. Where there are no more processors than for one and the broker, lines a second
            cannot grow: CPU seconds say what sharing costs.
            """;
    static final String LATENCY = """
            Live, at half of the speed of the first table (or at --rate): from the write of the line that makes a client's connections a flood
            to its alert in the hands of a reader of committed records. The floods' clients are new each time. The CPU time is
            the service's from its start, so it falls with a longer run; sender and broker work on the same processors.
            """;

    private Explanation() {}

    static void say(Report report, Plan plan) {
        report.say("");
        report.say(
                "Each row is a run over a backlog of %,d lines of a made-up fleet of 20 hosts (`FleetShape`; 100,000 keys where"
                        + " nothing else is said) with exactly-once, one working thread, and a commit every %d ms (Flink: a"
                        + " checkpoint every %d s, its state on the heap). It is watched from outside, behind a warm-up of %,d"
                        + " lines or %d CPU seconds, until all is through or %d CPU seconds are over (\"cut off\"). Lines count when their effects are"
                        + " committed.%s",
                plan.lines(),
                Contestants.COMMIT.toMillis(),
                Contestants.CHECKPOINT.toSeconds(),
                plan.stint().warmLines(),
                plan.stint().warmCpu().toSeconds(),
                plan.stint().measureCpu().toSeconds(),
                plan.repeats() > 1 ? " The first table has the median of " + plan.repeats() + " runs." : "");
        report.say("");
        report.say(
                "- *lines/s a core*: lines a CPU second of the contestant's processes (user and system; JIT and GC are in it).");
        report.say("- *peak*: resident memory of its processes, at the most.");
        report.say(
                "- *broker bytes*: what the broker counted as written to all topics meanwhile, packed (BytesInPerSec).");
        report.say(
                "- *state bytes a key*: keys and latest values in the changelogs, or the newest checkpoint, by the keys that the"
                        + " lines up to there had named.");
    }
}
