package postwarden.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.parse.rule.Addresses;

class AnyTextTest {
    private static final long SEED = 20261121;
    private static final int ROUNDS = 40;
    private static final int LONG = 30_000;

    private final LineParser parser = new LineParser();

    @Test
    void changed_lines_never_throw_and_never_name_what_is_no_address() {
        // Given
        Random random = new Random(SEED);
        List<Corpus.Entry> entries =
                CorpusTest.entries().filter(entry -> entry.event().isPresent()).toList();

        for (int round = 0; round < ROUNDS; round++) {
            for (Corpus.Entry entry : entries) {
                // When
                Event event = parser.parse(changed(entry.record(), random, entries));

                // Then
                String ip = event.text(Field.CLIENT_IP, "");
                assertThat(ip.isEmpty() || Addresses.canonical(ip).equals(ip))
                        .as("seed %d, line %s", SEED, event.line().message())
                        .isTrue();
            }
        }
    }

    @Test
    void a_hostile_line_of_thirty_thousand_characters_costs_no_more_than_its_length() {
        // Given
        List<String> beginnings = List.of(
                "1A2B3C4D5E: to=<",
                "1A2B3C4D5E: from=<",
                "NOQUEUE: reject: RCPT from x[192.0.2.1]: 554 ",
                "disconnect from x[192.0.2.1]",
                "1A2B3C4D5E: reject: header ",
                "warning: ",
                "statistics: max connection rate 1/60s for (",
                "message repeated 2 times: [");
        List<String> fillers = List.of(
                "a",
                "<",
                ">, relay=",
                ":",
                " from ",
                "; from=<",
                " a=1",
                "[",
                "/1",
                "too many ",
                "1:",
                " to=<> proto=");

        // When
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        for (String program : List.of("postfix/smtpd", "postfix/smtp", "postfix/cleanup", "postfix", "rsyslogd")) {
            for (String beginning : beginnings) {
                fillers.forEach(filler ->
                        parser.parse(line(program, beginning + filler.repeat(LONG / filler.length()))));
            }
        }

        // Then: of the processor, because others may use it too
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_message_that_no_rule_knows_is_unrecognised_and_carries_nothing() {
        // When
        Event event = parser.parse(line("postfix/smtpd", "6C76C12E9: something quite new"));

        // Then
        assertThat(event.kind()).isEqualTo(Kind.UNRECOGNISED);
        assertThat(event.has(Field.QUEUE_ID)).isFalse();
    }

    private static LogRecord.Line line(String program, String message) {
        return Corpus.line(program + "[1]: " + message);
    }

    private static LogRecord.Line changed(LogRecord.Line line, Random random, List<Corpus.Entry> entries) {
        StringBuilder message = new StringBuilder(line.message());
        for (int changes = 1 + random.nextInt(3); changes > 0 && !message.isEmpty(); changes--) {
            int at = random.nextInt(message.length());
            int end = Math.min(message.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> message.delete(at, end);
                case 1 -> message.insert(at, message.substring(at, end));
                case 2 -> message.setCharAt(at, (char) random.nextInt(0x2100));
                default -> {
                    String other = entries.get(random.nextInt(entries.size())).line();
                    message.insert(at, other.substring(random.nextInt(other.length())));
                }
            }
        }
        return line.withMessage(message.toString());
    }
}
