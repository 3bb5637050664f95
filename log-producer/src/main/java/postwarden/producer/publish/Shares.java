package postwarden.producer.publish;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What of the window each partition holds, so that one that stands still does not take all of it: while several are in use, a partition
 * may hold {@value #TIMES_FREE} times as much as is free. One that stands still holds two thirds in the end, two of them two fifths
 * each, and some is free however many there are. Filled and asked by the reading thread.
 */
final class Shares {
    /**
     * With 4,000 records 2,667 are one partition's, which is more than Kafka's producer has under way to it (some 2,400, see
     * {@link PublishParams}); three times as much would leave a second one that stands still next to nothing.
     */
    private static final int TIMES_FREE = 2;

    private final Map<Integer, Share> byPartition = new ConcurrentSkipListMap<>();
    /** As many as a session reads for; belongs to the reading thread. */
    private final Map<String, Share> byHost = new HashMap<>();

    private boolean several;

    /** Notes that a record was handed over, and so to which partition it goes; it may have been acknowledged since, or have gone to another before. */
    void placed(InFlight record) {
        int partition = record.partition();
        if (partition != InFlight.NOWHERE) {
            Share share = byHost.get(record.key());
            if (share == null || share.partition() != partition) {
                share = byPartition.computeIfAbsent(partition, Share::new);
                byHost.put(record.key(), share);
                several = new HashSet<>(byHost.values()).size() > 1;
            }
            record.countIn(share);
        }
    }

    /** Whether a host's next line finds room, with so much free for all. */
    boolean hasRoom(String host, long freeRecords, long freeBytes) {
        Share share = several ? byHost.get(host) : null;
        return share == null
                || share.hasRoom(Math.max(0, freeRecords) * TIMES_FREE, Math.max(0, freeBytes) * TIMES_FREE);
    }

    /** For how long nothing was acknowledged of a partition that waits for it, the longest of all; safe from any thread. */
    long stalledNanos() {
        long longest = 0;
        for (Share share : byPartition.values()) {
            longest = Math.max(longest, share.stalledNanos());
        }
        return longest;
    }

    /** The partitions that have waited for longer than so long, and of which nothing was acknowledged; safe from any thread. */
    List<Integer> stalled(long nanos) {
        return byPartition.entrySet().stream()
                .filter(entry -> entry.getValue().stalledNanos() > nanos)
                .map(Map.Entry::getKey)
                .toList();
    }
}
