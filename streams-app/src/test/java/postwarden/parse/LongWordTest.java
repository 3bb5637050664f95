package postwarden.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.event.LogRecord;

/** Whatever grows in a line, reading it costs less than a microsecond a byte. */
class LongWordTest {
    private static final int BYTES = 64 * 1024;
    private static final long NANOS_PER_BYTE = 1000;
    /** A pause of the machine is no cost of the parser: the fastest of so many counts. */
    private static final int TRIES = 8;

    private final LineParser parser = new LineParser();

    /** The first line of each rule, and one that no rule knows. */
    static Collection<Corpus.Entry> entries() {
        Map<String, Corpus.Entry> byRule = new LinkedHashMap<>();
        Corpus.entries()
                .filter(entry -> entry.event().isPresent())
                .forEach(entry -> byRule.putIfAbsent(entry.event().orElseThrow().rule(), entry));
        return byRule.values();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void a_part_of_a_line_repeated_to_64_kilobytes_costs_less_than_a_microsecond_a_byte(Corpus.Entry entry) {
        for (LogRecord.Line grown : grown(entry.record())) {
            // When
            long nanos = fastest(grown);

            // Then
            assertThat(nanos / grown.message().length())
                    .as(() -> grown.message().substring(0, 200))
                    .isLessThan(NANOS_PER_BYTE);
        }
    }

    private long fastest(LogRecord.Line line) {
        long fastest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < TRIES && fastest / BYTES >= NANOS_PER_BYTE; attempt++) {
            long begin = System.nanoTime();
            parser.parse(line);
            fastest = Math.min(fastest, System.nanoTime() - begin);
        }
        return fastest;
    }

    /** The line with each of its words, and each of the marks between them, repeated where it stands. */
    private static List<LogRecord.Line> grown(LogRecord.Line line) {
        List<LogRecord.Line> grown = new ArrayList<>();
        String message = line.message();
        int start = 0;
        for (int at = 1; at <= message.length(); at++) {
            if (at == message.length() || isEdge(message, at)) {
                String part = message.substring(start, at);
                String repeated = part.repeat(1 + BYTES / part.length());
                grown.add(line.withMessage(message.substring(0, start) + repeated + message.substring(at)));
                start = at;
            }
        }
        return grown;
    }

    private static boolean isEdge(String message, int at) {
        return Character.isLetterOrDigit(message.charAt(at - 1)) != Character.isLetterOrDigit(message.charAt(at));
    }
}
