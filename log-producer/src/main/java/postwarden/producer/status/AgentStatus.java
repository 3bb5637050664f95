package postwarden.producer.status;

import java.util.List;
import java.util.Map;

/**
 * What an agent is doing; as JSON it is what {@code status --json} prints.
 *
 * @param running whether the agent told it itself; else it is what its last checkpoint and the files tell
 * @param pid its process; 0 when it does not run
 * @param reporter its name in every record
 * @param topic where lines go
 * @param since when it was started, or when the checkpoint was written; ISO 8601, empty when there is none
 * @param trouble what is wrong on the way to Kafka, empty when nothing is known to be
 * @param lines lines read since the start; 0 when it does not run, as in what follows
 * @param acknowledged records that every in-sync replica has
 * @param inFlight records that are not acknowledged yet
 * @param stalledSeconds for how long records have waited and none was acknowledged
 * @param losses times that bytes were gone before they were read, and lines that Kafka does not take
 * @param checkpointAgeSeconds how old what the last checkpoint says is; -1 when there is none
 * @param lagBytes bytes of all files that are not known to be in Kafka
 * @param lagSeconds of the file in which something has waited longest
 * @param files one of each open file, the farthest behind first
 * @param unreadable paths that are not read, and why
 */
public record AgentStatus(
        boolean running,
        long pid,
        String reporter,
        String topic,
        String since,
        String trouble,
        long lines,
        long acknowledged,
        long inFlight,
        long stalledSeconds,
        long losses,
        long checkpointAgeSeconds,
        long lagBytes,
        long lagSeconds,
        List<FileLag> files,
        Map<String, String> unreadable) {
    public AgentStatus {
        files = List.copyOf(files);
        unreadable = Map.copyOf(unreadable);
    }
}
