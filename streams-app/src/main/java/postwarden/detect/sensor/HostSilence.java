package postwarden.detect.sensor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Sample;

/** What is said of a host from which nothing comes, or of a producer with all its hosts; pure. */
public final class HostSilence {
    public static final String ID = "host-silent";
    private static final int VERSION = 1;
    /** Hosts of one producer from which on its silence is HIGH: half a rack is unseen, and one machine is to blame. */
    private static final int MANY = 5;
    /** Hosts that an alert names; more make it unreadable, and they are those of one producer. */
    private static final int NAMED = 200;

    private static final int EVIDENCE = 10;

    private HostSilence() {}

    /**
     * What an incident about the host says while nothing comes from it.
     *
     * @return always the same for the same host, so that it can be compared
     */
    public static String blindSpot(String host) {
        return "Nothing comes from " + Say.printable(host)
                + ": what happens there now is not seen, and quiet is no calm.";
    }

    /**
     * The finding.
     *
     * @param key of the host or the producer
     * @param pane at whose end it is said
     * @param words when the last word about each host came, milliseconds since 1970
     * @param until until when nothing came, or how far the others are, milliseconds since 1970
     * @param silence from when on it is told
     */
    public static Finding finding(
            Key key, long pane, SortedMap<String, Long> words, long until, Duration silence, boolean over) {
        long since = words.values().stream().mapToLong(Long::longValue).max().orElse(until);
        double minutes = Math.max(0, until - since) / 60_000.0;
        String subject = key.name();
        return new Finding(
                ID,
                VERSION,
                key,
                subject,
                pane,
                new Subject(subject, "", "", "", "", "", ""),
                Instant.ofEpochMilli(Math.min(since, Pane.start(pane).toEpochMilli())),
                words.size() >= MANY
                        ? Severity.HIGH.because(
                                "one producer speaks for many hosts, and nothing of any of them is seen")
                        : Severity.MEDIUM.because("mail goes on there as far as is known, but nothing of it is seen"),
                0.95,
                causes(),
                title(subject, words, since),
                "Others go on, and no END was said. "
                        + (over
                                ? "It lasted " + lasted(until - since) + ", until " + Instant.ofEpochMilli(until)
                                        + "; what was logged meanwhile comes late, and amends."
                                : "Nothing that happens there is seen; other incidents there stay open until it speaks."),
                new TreeMap<>(Map.of("silentMinutes", minutes, "silentHosts", (double) words.size())),
                new TreeMap<>(Map.of("silentMinutes", silence.toSeconds() / 60.0)),
                Map.of(),
                evidence(words),
                List.of(advice(subject)),
                "",
                true,
                spots(words));
    }

    private static String title(String subject, SortedMap<String, Long> words, long since) {
        String whom = words.size() > 1
                ? "the producer " + subject + ", which reads for " + words.size() + " hosts,"
                : words.firstKey();
        return "Nothing comes from " + Say.printable(whom) + " since " + Instant.ofEpochMilli(since);
    }

    private static String lasted(long millis) {
        long seconds = Math.max(0, millis / 1000);
        return seconds >= 60 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds + " s";
    }

    private static List<Cause> causes() {
        return List.of(
                new Cause(
                        "PRODUCER_STOPPED",
                        0.5,
                        "heartbeats are missing as well as lines, and no END was said: it was stopped, killed or hangs"),
                new Cause("HOST_DOWN", 0.3, "a host that is down or cut off says nothing either"),
                new Cause(
                        "NOT_LET_IN",
                        0.2,
                        "a producer whose certificate, password or right to write was taken away keeps its lines and tries again"));
    }

    private static List<Sample> evidence(SortedMap<String, Long> words) {
        return words.entrySet().stream()
                .limit(EVIDENCE)
                .map(word -> new Sample(
                        Count.LINES,
                        Instant.ofEpochMilli(word.getValue()),
                        word.getKey(),
                        "-",
                        0,
                        -1,
                        -1,
                        "the last word about " + Say.printable(word.getKey()) + " came at "
                                + Instant.ofEpochMilli(word.getValue())))
                .toList();
    }

    private static List<String> spots(SortedMap<String, Long> words) {
        List<String> spots = new ArrayList<>();
        words.keySet().stream().limit(NAMED).forEach(host -> spots.add(blindSpot(host)));
        if (words.size() > NAMED) {
            spots.add("Nothing comes from " + (words.size() - NAMED) + " more hosts of the same producer.");
        }
        return spots;
    }

    private static Advice advice(String subject) {
        String at = "ssh " + Say.shell(subject) + " ";
        return new Advice(
                "Bring the producer on " + Say.printable(subject) + " back",
                List.of(
                        "ping -c 3 " + Say.shell(subject),
                        at + "systemctl status postwarden-producer",
                        at + "postwarden-producer check --config /etc/postwarden/producer.conf",
                        at + "journalctl -u postwarden-producer --since -1h",
                        at + "systemctl restart postwarden-producer",
                        "A host that is gone for good: remove its source from its producer's configuration and reload, which says END."),
                "Its heartbeats come again, and this incident resolves by itself.",
                "systemctl stop postwarden-producer",
                List.of(
                        "Do not delete the producer's state folder: what was logged meanwhile would be read twice or not at all.",
                        "Do not take the host's quiet for calm: whoever gets in stops the logging first."));
    }
}
