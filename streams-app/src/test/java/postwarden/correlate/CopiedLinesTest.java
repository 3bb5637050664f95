package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.parse.LineParser;

class CopiedLinesTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final LineParser PARSER = new LineParser();

    private final HeapMemory<Trace> traces = new HeapMemory<>();
    private final Correlator correlator = new Correlator(new HeapMemory<>(), traces, CorrelatorParams.DEFAULT);

    @Test
    void whatever_is_counted_is_counted_from_one_of_the_files() {
        // Given
        List<String> messages = List.of(
                "connect from unknown[192.0.2.6]",
                "warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x",
                "NOQUEUE: reject: RCPT from unknown[192.0.2.6]: 554 5.7.1 <x@example.net>: Relay access denied;"
                        + " from=<a@example.com> to=<x@example.net> proto=ESMTP helo=<x>",
                "lost connection after RCPT from unknown[192.0.2.6]",
                "disconnect from unknown[192.0.2.6] ehlo=1 mail=1 rcpt=0/1 commands=2/3");
        List<Event> events = new ArrayList<>();

        // When
        for (String message : messages) {
            events.add(told("mail.log", 5, 0, message));
            events.add(told("mail.info", 5, 0, message));
            events.add(told("mail.warn", 5, 0, message));
        }

        // Then
        assertThat(RecordedLog.values(events, Field.COPY))
                .containsExactly(
                        "-", "true", "true", "-", "true", "true", "-", "true", "true", "-", "true", "true", "-", "true",
                        "true");
    }

    @Test
    void a_copy_teaches_nothing() {
        // When
        told("mail.log", 5, 0, "connect from unknown[192.0.2.6]");
        told("mail.info", 5, 0, "connect from unknown[192.0.2.6]");
        Event next = told("mail.log", 6, 1000, "connect from unknown[192.0.2.6]");

        // Then
        assertThat(next.number(Field.OBSERVED, 0)).isEqualTo(2);
    }

    @Test
    void what_is_too_far_apart_or_in_the_same_file_is_no_copy() {
        // When
        List<Event> events = List.of(
                told("mail.log", 5, 0, "connect from unknown[192.0.2.6]"),
                told("mail.log", 5, 0, "connect from unknown[192.0.2.6]"),
                told("mail.info", 5, 2500, "connect from unknown[192.0.2.6]"));

        // Then
        assertThat(RecordedLog.values(events, Field.COPY)).containsOnly("-");
    }

    @Test
    void a_header_without_a_process_id_is_of_any_process_until_one_is_named() {
        // When
        List<Event> events = List.of(
                told("main", -1, 0, "connect from unknown[192.0.2.6]"),
                told("syslog", 5, 0, "connect from unknown[192.0.2.6]"),
                told("third", 6, 0, "connect from unknown[192.0.2.6]"));

        // Then
        assertThat(RecordedLog.values(events, Field.COPY)).containsExactly("-", "true", "-");
    }

    @Test
    void a_burst_that_is_read_one_file_after_the_other_counts_once() {
        // Given: as many lines as a host writes in the seconds that one file may be behind
        int lines = 1000;
        long copies = 0;

        // When
        for (String file : List.of("mail.log", "mail.info")) {
            for (int at = 0; at < lines; at++) {
                Event event = told(file, at + 1, at * 5L, "connect from unknown[198.51.100." + at % 250 + "]");
                copies += event.has(Field.COPY) ? 1 : 0;
            }
        }

        // Then
        assertThat(copies).isEqualTo(lines);
    }

    @Test
    void copies_are_found_alike_in_any_interleaving() {
        for (long seed = 0; seed < 30; seed++) {
            // Given
            Random random = new Random(seed);
            Correlator fresh = new Correlator(new HeapMemory<>(), new HeapMemory<>(), CorrelatorParams.DEFAULT);
            int[] next = new int[3];
            long counted = 0;

            // When
            while (next[0] + next[1] + next[2] < 300) {
                int file = random.nextInt(3);
                if (next[file] < 100) {
                    int at = next[file]++;
                    Event event = fresh.enrich(PARSER.parse(
                            line("file" + file, 5, at * 40L, "connect from unknown[192.0.2." + at / 3 + "]")));
                    counted += event.has(Field.COPY) ? 0 : 1;
                }
            }

            // Then
            assertThat(counted).as("seed %d", seed).isEqualTo(100);
        }
    }

    private Event told(String file, int pid, long millis, String message) {
        return correlator.enrich(PARSER.parse(line(file, pid, millis, message)));
    }

    private static LogRecord.Line line(String file, int pid, long millis, String message) {
        Source source = new Source(file, file, millis, millis + 1, -1, -1);
        return new LogRecord.Line(
                "default", "mx1", "postfix/smtpd", pid, START.plusMillis(millis), "", message, source);
    }
}
