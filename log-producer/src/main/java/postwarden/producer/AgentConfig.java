package postwarden.producer;

import java.util.List;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.follow.FollowParams;
import postwarden.producer.follow.Source;
import postwarden.producer.publish.PublishParams;
import postwarden.producer.redact.Redaction;
import postwarden.producer.sample.SampleParams;

/**
 * Everything an agent is told.
 *
 * @param reporter its own name in every record: its principal or its host's name; not blank
 * @param sources what it reads; at least one, standard input at most once
 * @param follow how it reads
 * @param publish how it sends
 * @param checkpoint where it keeps its progress
 * @param redaction what stands for the secrets that are cut out of lines
 * @param samples what it measures beside
 * @param operation how it is operated
 */
public record AgentConfig(
        String reporter,
        List<Source> sources,
        FollowParams follow,
        PublishParams publish,
        CheckpointParams checkpoint,
        Redaction redaction,
        SampleParams samples,
        OperationParams operation) {
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

    /** An agent inside another process that only reads logs. */
    public AgentConfig(
            String reporter,
            List<Source> sources,
            FollowParams follow,
            PublishParams publish,
            CheckpointParams checkpoint,
            Redaction redaction) {
        this(
                reporter,
                sources,
                follow,
                publish,
                checkpoint,
                redaction,
                SampleParams.none(reporter),
                OperationParams.EMBEDDED);
    }

    /** The same without a redaction key: secrets are cut, and nothing tells which were equal. */
    public AgentConfig(
            String reporter,
            List<Source> sources,
            FollowParams follow,
            PublishParams publish,
            CheckpointParams checkpoint) {
        this(reporter, sources, follow, publish, checkpoint, Redaction.WITHOUT_KEY);
    }
}
