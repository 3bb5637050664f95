package postwarden.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes of what a consumer reads what a replay shall see: nothing outside of its ranges; before the first record of a
 * partition a HELLO with all hosts that will come, so that nobody's panes close before others have spoken; behind the last
 * record of each host an END, because at the end of the input a host has passed for good.
 *
 * <p>Such a word has the offset of the record that follows it, so that a commit between a record and its word repeats the
 * word and not the record. Behind the last record of a range it has that record's own: so the group has committed the
 * range's stop only when the last word was taken too. Words may come twice, after a restart; they say the same.
 */
final class Feed {
    private final Map<Integer, Range> ranges;
    private final Map<Integer, NavigableMap<Long, List<HostPart>>> lasts = new HashMap<>();
    private final Map<String, SortedSet<String>> rosters = new HashMap<>();
    private final WordWriter writer;

    Feed(Plan plan, WordWriter writer) {
        ranges = plan.ranges();
        for (HostPart host : plan.hosts()) {
            lasts.computeIfAbsent(host.partition(), partition -> new TreeMap<>())
                    .computeIfAbsent(host.last(), offset -> new ArrayList<>())
                    .add(host);
            if (host.records() > 0) {
                rosters.computeIfAbsent(host.tenant(), tenant -> new TreeSet<>())
                        .add(host.host());
            }
        }
        this.writer = writer;
    }

    /** Whether nothing from this offset on is read. */
    boolean isBehind(int partition, long offset) {
        return offset >= range(partition).stop();
    }

    /**
     * What the topology shall see of a batch of one partition.
     *
     * @param delivered offset of the last record that was handed out before; negative when the consumer begins here
     */
    List<ConsumerRecord<byte[], byte[]>> of(int partition, List<ConsumerRecord<byte[], byte[]>> batch, long delivered) {
        Range range = range(partition);
        List<ConsumerRecord<byte[], byte[]>> fed = new ArrayList<>(batch.size() + 1);
        NavigableMap<Long, List<HostPart>> ends = lasts.getOrDefault(partition, new TreeMap<>());
        long before = delivered;
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            if (!range.holds(record.offset())) {
                continue;
            }
            if (before < 0 || record.offset() <= before) {
                begin(record, ends, fed);
            }
            fed.add(record);
            long offset = Math.min(record.offset() + 1, range.stop() - 1);
            ends.getOrDefault(record.offset(), List.of()).forEach(host -> fed.add(writer.end(record, offset, host)));
            before = record.offset();
        }
        return fed;
    }

    /** All that stands before a record: greetings of those who are still to come, farewells of those who have passed. */
    private void begin(
            ConsumerRecord<byte[], byte[]> first,
            NavigableMap<Long, List<HostPart>> ends,
            List<ConsumerRecord<byte[], byte[]>> fed) {
        Set<String> greeted = new HashSet<>();
        ends.tailMap(first.offset())
                .values()
                .forEach(hosts -> hosts.forEach(host -> {
                    if (host.records() > 0 && greeted.add(host.tenant())) {
                        fed.add(writer.hello(
                                first, first.offset(), host, rosters.getOrDefault(host.tenant(), new TreeSet<>())));
                    }
                }));
        ends.headMap(first.offset())
                .values()
                .forEach(hosts -> hosts.forEach(host -> fed.add(writer.end(first, first.offset(), host))));
    }

    private Range range(int partition) {
        return ranges.getOrDefault(partition, new Range(0, 0));
    }
}
