package postwarden.producer;

import java.util.List;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.follow.FollowParams;
import postwarden.producer.follow.Source;
import postwarden.producer.publish.PublishParams;

/**
 * Everything an agent is told.
 *
 * @param reporter its own name in every record: its principal or its host's name; not blank
 * @param sources what it reads; at least one, standard input at most once
 * @param follow how it reads
 * @param publish how it sends
 * @param checkpoint where it keeps its progress
 */
public record AgentConfig(
        String reporter,
        List<Source> sources,
        FollowParams follow,
        PublishParams publish,
        CheckpointParams checkpoint) {
    public AgentConfig {
        sources = List.copyOf(sources);
        if (reporter.isBlank()) {
            throw new IllegalArgumentException("the reporter's name is blank");
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("no sources: what is to be read?");
        }
        if (sources.stream().filter(Source::isStandardInput).count() > 1) {
            throw new IllegalArgumentException("standard input is a source more than once");
        }
    }
}
