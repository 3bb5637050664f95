package postwarden.replay;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a replay's group has come, seen from outside.
 *
 * @param group the replay's application id
 * @param stages its repartition topics in the order of the flow
 */
record Passage(Admin admin, String group, String lines, Map<Integer, Range> ranges, List<String> stages) {
    /** Records of the range whose effects are committed. */
    long passed() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = Offsets.committed(admin, group);
        long passed = 0;
        for (Map.Entry<Integer, Range> each : ranges.entrySet()) {
            Range range = each.getValue();
            long at = committed.getOrDefault(new TopicPartition(lines, each.getKey()), range.start());
            passed += Math.min(at, range.stop()) - range.start();
        }
        return passed;
    }

    /**
     * Whether all of the range has gone all the way through and is committed. Asked in the order of the flow: once a stage has
     * committed all of its input, the next one's input is whole.
     */
    boolean isOver() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = Offsets.committed(admin, group);
        boolean read = ranges.entrySet().stream()
                .allMatch(each -> committed.getOrDefault(new TopicPartition(lines, each.getKey()), 0L)
                        >= each.getValue().stop());
        if (!read) {
            return false;
        }
        Set<String> there = admin.listTopics().names().get();
        for (String stage : stages) {
            if (!there.contains(stage) || !hasRead(stage)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasRead(String stage) throws ExecutionException, InterruptedException {
        Map<Integer, Long> ends = Offsets.ends(admin, stage);
        Map<TopicPartition, Long> committed = Offsets.committed(admin, group);
        return ends.entrySet().stream()
                .allMatch(end -> committed.getOrDefault(new TopicPartition(stage, end.getKey()), 0L) >= end.getValue());
    }
}
