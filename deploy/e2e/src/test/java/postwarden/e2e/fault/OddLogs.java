package postwarden.e2e.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Logs whose times are not as they should be, made in a folder.
 *
 * @param folder where they are written
 */
record OddLogs(Path folder) {
    private static final String STRANGER = "203.0.113.250";
    private static final Instant BEGIN = Instant.parse("2026-11-21T08:16:00Z");
    private static final Duration SHOWN = Duration.ofMinutes(30);
    private static final Duration EVERY = Duration.ofSeconds(10);

    /** Right for the most part; each wrong stamp twice in a row, so that the second bears the first out. */
    Path future(String host) throws IOException {
        List<Duration> ahead = List.of(
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(59),
                Duration.ofHours(2),
                Duration.ofDays(1),
                Duration.ofDays(400),
                Duration.ofDays(3653));
        Path log = file(host);
        try (MadeLog made = MadeLog.to(log, host)) {
            int line = 0;
            for (Instant at = BEGIN; at.isBefore(BEGIN.plus(SHOWN)); at = at.plus(EVERY)) {
                made.session(at, STRANGER);
                if (++line % 12 == 0) {
                    Instant wrong = at.plus(ahead.get(line / 12 % ahead.size()));
                    made.session(wrong, STRANGER);
                    made.session(wrong.plusMillis(1), STRANGER);
                }
            }
        }
        return log;
    }

    /** Two sessions in time, and so many of more than a year ago. */
    Path past(String host, int sessions) throws IOException {
        Path log = file(host);
        try (MadeLog made = MadeLog.to(log, host)) {
            made.session(BEGIN, STRANGER);
            made.session(BEGIN.plusSeconds(60), STRANGER);
            for (int i = 0; i < sessions; i++) {
                made.session(BEGIN.minus(Duration.ofDays(400)).plusSeconds(10L * i), STRANGER);
            }
        }
        return log;
    }

    /** Right, and at an end after two minutes. */
    Path brief(String host) throws IOException {
        Path log = file(host);
        try (MadeLog made = MadeLog.to(log, host)) {
            for (Instant at = BEGIN; at.isBefore(BEGIN.plusSeconds(120)); at = at.plus(EVERY)) {
                made.session(at, STRANGER);
            }
        }
        return log;
    }

    /** A client that comes ten times a second for two minutes among others that do not; written less than so late. */
    Path flood(String name, Random lot, Duration late) throws IOException {
        record Session(Instant at, Instant written, String client) {}
        List<Session> sessions = new ArrayList<>();
        Random jitter = new Random(lot.nextLong());
        for (int i = 0; i < 6_000; i++) {
            Instant at = BEGIN.plusMillis(i * 100L);
            boolean flooding = i > 3_000 && i < 4_200;
            Instant written = late.isZero() ? at : at.plusMillis(jitter.nextInt((int) late.toMillis()));
            sessions.add(new Session(at, written, flooding ? STRANGER : "198.51.100." + lot.nextInt(250)));
        }
        sessions.sort(Comparator.comparing(Session::written));
        Path log = file(name);
        try (MadeLog made = MadeLog.to(log, "mx")) {
            for (Session session : sessions) {
                made.session(session.at(), session.client());
            }
        }
        return log;
    }

    /** The same log as it would have been written so much earlier. */
    Path earlier(Path log, Duration by) throws IOException {
        Path shifted = file("earlier");
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            int space = line.indexOf(' ');
            Instant at = OffsetDateTime.parse(line.substring(0, space)).toInstant();
            lines.add(at.minus(by) + line.substring(space));
        }
        Files.write(shifted, lines);
        return shifted;
    }

    private Path file(String name) {
        return folder.resolve(name + ".log");
    }
}
