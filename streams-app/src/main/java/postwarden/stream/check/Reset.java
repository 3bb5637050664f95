package postwarden.stream.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import postwarden.stream.Provision;

/**
 * Lets an application begin anew, as after a change of its topology: deletes its internal topics, and with them what it knew.
 * The topics that others read stay. States on disk are thrown away at the next start, see {@link StateFolder}.
 */
public final class Reset {
    private final Admin admin;
    private final String application;

    public Reset(Admin admin, String application) {
        this.admin = admin;
        this.application = application;
    }

    /**
     * How many instances run; a reset beneath them would be undone by them.
     *
     * @throws ExecutionException when the cluster refuses to tell
     */
    public int instances() throws ExecutionException, InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(application))
                    .all()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .members()
                    .size();
        } catch (ExecutionException unknown) {
            if (unknown.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw unknown;
        }
    }

    /**
     * Deletes what the application keeps.
     *
     * @param lines the topic whose position is kept or forgotten
     * @param again whether it is to read the lines from the beginning again, or to go on where it was
     * @return one line for each thing that was done
     * @throws ExecutionException when the cluster refuses
     */
    public List<String> run(String lines, boolean again) throws ExecutionException, InterruptedException {
        List<String> done = new ArrayList<>();
        Set<String> internal = admin.listTopics().names().get().stream()
                .filter(name -> Provision.isInternal(application, name))
                .collect(Collectors.toCollection(TreeSet::new));
        admin.deleteTopics(internal).all().get();
        internal.forEach(name -> done.add(name + ": deleted"));
        Map<TopicPartition, OffsetAndMetadata> positions = admin.listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get();
        Set<TopicPartition> forgotten = positions.keySet().stream()
                .filter(partition -> again || !partition.topic().equals(lines))
                .collect(Collectors.toSet());
        if (!forgotten.isEmpty()) {
            admin.deleteConsumerGroupOffsets(application, forgotten).all().get();
        }
        done.add(lines + (again ? ": will be read from its beginning" : ": will be read from where it was"));
        return done;
    }
}
