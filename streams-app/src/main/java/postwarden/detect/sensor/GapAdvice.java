package postwarden.detect.sensor;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Sample;
import postwarden.tally.Tally;

/** What to do about lines that are missing: read them where they still are, then mend what lost them. */
final class GapAdvice {
    private static final List<String> NEVER = List.of(
            "Do not take the quiet of those minutes for calm.",
            "Do not delete the producer's checkpoint: it then sends everything again, and what was lost stays lost.");

    private GapAdvice() {}

    static List<Advice> of(String host, Tally window, String cause) {
        List<Advice> advice = new ArrayList<>();
        window.samples(Count.HOLES).stream().findFirst().ifPresent(hole -> advice.add(look(host, hole)));
        advice.add(mend(host, cause));
        return advice;
    }

    private static Advice look(String host, Sample hole) {
        String file = Say.shell(hole.file());
        return new Advice(
                "Read what is missing where it was written",
                List.of(
                        "ssh " + Say.shell(host) + " tail -c +" + (hole.fileOffset() + 1) + " " + file
                                + " | head -50 (if it was rotated since: the same with " + file
                                + ".1, or zcat of its .gz in the place of the file)",
                        "Look whether the records came and could not be read: kafka-console-consumer.sh --bootstrap-server BROKER"
                                + " --topic mail.dead-letters --from-beginning --property print.headers=true --timeout-ms 10000"),
                "The lines are known, and no further hole is told.",
                "Nothing is changed.",
                NEVER);
    }

    private static Advice mend(String host, String cause) {
        String status = "ssh " + Say.shell(host) + " postwarden-producer status --config /etc/postwarden/producer.conf";
        return switch (cause) {
            case "TRUNCATED" ->
                new Advice(
                        "Let the rotation keep what is not read yet",
                        List.of(
                                "In /etc/logrotate.d on " + host
                                        + ": 'create' with 'delaycompress' and a postrotate that makes the daemon reopen its log (such as"
                                        + " /usr/lib/rsyslog/rsyslog-rotate) instead of 'copytruncate'",
                                status),
                        "The next rotation passes without a loss.",
                        "Set the old rotation again.",
                        NEVER);
            case "REFUSED_BY_KAFKA" ->
                new Advice(
                        "Let the topic take what the producer sends",
                        List.of(
                                "kafka-configs.sh --bootstrap-server BROKER --describe --topic mail.lines (max.message.bytes must be"
                                        + " 65536 or more: a line comes in pieces of at most 32 KiB)",
                                status),
                        "No further loss is told.",
                        "kafka-configs.sh --alter --delete-config max.message.bytes",
                        NEVER);
            case "JOURNAL_TRIMMED" ->
                new Advice(
                        "Let the journal keep entries until they are read",
                        List.of(
                                "ssh " + Say.shell(host) + " journalctl --disk-usage",
                                "Raise SystemMaxUse= in /etc/systemd/journald.conf, then systemctl restart systemd-journald"),
                        "No further loss is told.",
                        "Set the old SystemMaxUse=.",
                        NEVER);
            default ->
                new Advice(
                        "Find what lost them",
                        List.of(
                                status,
                                "ssh " + Say.shell(host)
                                        + " journalctl -u postwarden-producer --since -1h (a restart, a full disk, a refused record)",
                                "kafka-topics.sh --bootstrap-server BROKER --describe --topic mail.lines (an election of a leader that was"
                                        + " not in sync loses records: unclean.leader.election.enable must be false)"),
                        "No further hole is told.",
                        "Nothing is changed.",
                        NEVER);
        };
    }
}
