package postwarden.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.stream.WireFormat;

class FeedTest {
    private static final Map<String, String> KAFKA =
            Map.of("schema.registry.url", "mock://feed", "auto.register.schemas", "true");
    private static final int PARTITION = 0;
    private static final long START = 10;

    private final Serializer<MailLine> writer = WireFormat.serializer(KAFKA);
    private final Deserializer<MailLine> reader = WireFormat.deserializer(KAFKA, MailLine.class);

    @Test
    void all_are_announced_before_the_first_line_and_each_passes_behind_its_last() {
        // Given
        List<String> hosts = List.of("a", "b", "a", "b", "b");

        // When
        List<String> told = told(feed(hosts).of(PARTITION, records(START, hosts), -1));

        // Then
        assertThat(told)
                .containsExactly("10 HELLO a [a, b]", "10 a", "11 b", "12 a", "13 END a", "13 b", "14 b", "14 END b");
    }

    @Test
    void nothing_outside_of_the_range_is_seen() {
        // Given
        List<String> hosts = List.of("a", "a");
        List<ConsumerRecord<byte[], byte[]>> around = records(START - 2, List.of("x", "x", "a", "a", "x", "x"));

        // When
        List<String> told = told(feed(hosts).of(PARTITION, around, -1));

        // Then
        assertThat(told).containsExactly("10 HELLO a [a]", "10 a", "11 a", "11 END a");
        assertThat(feed(hosts).of(PARTITION + 1, around, -1)).isEmpty();
    }

    @Test
    void whoever_was_only_announced_passes_where_that_was_said() {
        // Given
        Plan plan = plan(List.of("a", "a"), List.of(new HostPart(PARTITION, "default", "ghost", START, 0, 0, 0, 0, 0)));

        // When
        List<String> told =
                told(new Feed(plan, new WordWriter(writer)).of(PARTITION, records(START, List.of("a", "a")), -1));

        // Then
        assertThat(told).containsExactly("10 HELLO a [a]", "10 a", "11 END ghost", "11 a", "11 END a");
    }

    /** A consumer that dies anywhere and begins again where its group has committed, as Kafka Streams does. */
    @ParameterizedTest
    @MethodSource("seeds")
    void wherever_it_is_broken_off_no_word_and_no_line_is_missing(long seed) {
        // Given
        Random lot = new Random(seed);
        List<String> hosts = IntStream.range(0, 1 + lot.nextInt(12))
                .mapToObj(index -> String.valueOf((char) ('a' + lot.nextInt(4))))
                .toList();
        Feed feed = feed(hosts);
        long stop = START + hosts.size();
        List<String> taken = new ArrayList<>();
        long committed = START;

        // When
        while (committed < stop) {
            List<ConsumerRecord<byte[], byte[]>> queue = fedFrom(committed, hosts, feed, lot);
            int done = lot.nextInt(queue.size() + 1);
            queue.subList(0, done).forEach(record -> taken.add(said(record)));
            committed = done == queue.size() ? stop : queue.get(done).offset();
        }

        // Then
        Set<String> ended = new HashSet<>();
        for (String said : taken) {
            String[] words = said.split(" ");
            if (words[1].equals("END")) {
                ended.add(words[2]);
            }
        }
        assertThat(ended).as("seed " + seed).isEqualTo(new HashSet<>(hosts));
        for (int i = 0; i < hosts.size(); i++) {
            String line = (START + i) + " " + hosts.get(i);
            assertThat(taken).as("seed " + seed).contains(line);
            if (i + 1 < hosts.size()) {
                assertThat(taken.stream().filter(line::equals))
                        .as("seed " + seed)
                        .hasSize(1);
            }
            // The last word about a host is that it has passed.
            assertThat(taken.lastIndexOf(line))
                    .as("seed " + seed + " " + taken)
                    .isLessThan(lastEnd(taken, hosts.get(i)));
        }
    }

    static List<Long> seeds() {
        Random lot = new Random();
        return IntStream.range(0, 300).mapToObj(index -> lot.nextLong()).toList();
    }

    /** What one consumer hands out, in batches of any size. */
    private List<ConsumerRecord<byte[], byte[]>> fedFrom(long offset, List<String> hosts, Feed feed, Random lot) {
        List<ConsumerRecord<byte[], byte[]>> rest = records(START, hosts).stream()
                .filter(record -> record.offset() >= offset)
                .toList();
        List<ConsumerRecord<byte[], byte[]>> queue = new ArrayList<>();
        long delivered = -1;
        int at = 0;
        while (at < rest.size()) {
            int end = at + 1 + lot.nextInt(rest.size() - at);
            queue.addAll(feed.of(PARTITION, rest.subList(at, end), delivered));
            delivered = rest.get(end - 1).offset();
            at = end;
        }
        return queue;
    }

    private static int lastEnd(List<String> taken, String host) {
        int last = -1;
        for (int i = 0; i < taken.size(); i++) {
            if (taken.get(i).endsWith(" END " + host)) {
                last = i;
            }
        }
        return last;
    }

    private Feed feed(List<String> hosts) {
        return new Feed(plan(hosts, List.of()), new WordWriter(writer));
    }

    private static Plan plan(List<String> hosts, List<HostPart> more) {
        List<HostPart> parts = new ArrayList<>(more);
        new HashSet<>(hosts)
                .forEach(host -> parts.add(
                        new HostPart(PARTITION, "default", host, START + hosts.lastIndexOf(host), 1, 1, 0, 0, 0)));
        return new Plan(
                new Plan.Order("", "", "", 1),
                new TreeMap<>(Map.of(PARTITION, new Range(START, START + hosts.size()))),
                parts);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(long first, List<String> hosts) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            byte[] host = hosts.get(i).getBytes(StandardCharsets.UTF_8);
            records.add(new ConsumerRecord<>("mail.lines", PARTITION, first + i, host, new byte[0]));
        }
        return records;
    }

    private List<String> told(List<ConsumerRecord<byte[], byte[]>> fed) {
        return fed.stream().map(this::said).toList();
    }

    /** Offset and host of a line; offset, kind, host and roster of a word. */
    private String said(ConsumerRecord<byte[], byte[]> record) {
        String host = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value().length == 0) {
            return record.offset() + " " + host;
        }
        MailLine word = reader.deserialize("mail.lines", record.value());
        assertThat(word.getHost()).isEqualTo(host);
        return record.offset() + " " + word.getKind() + " " + host
                + (word.getKind() == MailLineKind.HELLO ? " " + word.getRoster() : "");
    }
}
