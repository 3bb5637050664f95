package postwarden.detect;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import postwarden.correlate.RecordedLog;
import postwarden.event.Event;
import postwarden.tally.Tallier;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** A story told in the lines that daemons write: through parser, correlator and tallies to what a detector sees of one key. */
final class LogStory {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'").withZone(ZoneOffset.UTC);

    private final String host;
    private final TreeMap<Instant, List<String>> lines = new TreeMap<>();
    private int pid = 100;

    LogStory(String host) {
        this.host = host;
    }

    /** A line of this program, as many seconds after the start of all stories. */
    LogStory say(double at, String programAndMessage) {
        Instant time = Scenario.START.plusMillis(Math.round(at * 1000));
        lines.computeIfAbsent(time, each -> new ArrayList<>())
                .add(STAMP.format(time) + " " + host + " " + programAndMessage);
        return this;
    }

    /** A session with Postfix, with what its last line says of the commands, such as {@code commands=0/0}. */
    LogStory postfix(double at, double seconds, String ip, String commands) {
        String program = "postfix/smtpd[" + pid++ + "]: ";
        say(at, program + "connect from unknown[" + ip + "]");
        return say(at + seconds, program + "disconnect from unknown[" + ip + "] " + commands);
    }

    /** A session with Postfix that brings a message. */
    LogStory message(double at, String ip) {
        String program = "postfix/smtpd[" + pid + "]: ";
        String queueId = Integer.toHexString(0xA000000 + pid++).toUpperCase(java.util.Locale.ROOT);
        say(at, program + "connect from mail.example.org[" + ip + "]");
        say(at + 0.2, program + queueId + ": client=mail.example.org[" + ip + "]");
        say(at + 0.3, "postfix/qmgr[7]: " + queueId + ": from=<a@example.org>, size=2000, nrcpt=1 (queue active)");
        return say(
                at + 0.4,
                program + "disconnect from mail.example.org[" + ip + "] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5");
    }

    /** What is seen of the key. */
    Scenario of(Watch watch, String name) {
        Scenario scenario = Scenario.of(watch, name);
        Tallier tallier = new Tallier();
        List<String> all = lines.values().stream().flatMap(List::stream).toList();
        for (Event event : RecordedLog.enriched(all)) {
            Duration at = Duration.between(Scenario.START, event.time());
            tallier.tally(event, (opened, who) -> {
                Tally[] tally = {new Tally()};
                if (opened == watch && who.equals(name)) {
                    scenario.at(at, host, pane -> tally[0] = pane);
                }
                return tally[0];
            });
        }
        return scenario;
    }
}
