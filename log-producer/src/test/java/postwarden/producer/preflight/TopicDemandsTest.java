package postwarden.producer.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicDemandsTest {
    private static final Map<String, String> GOOD = Map.of(
            "min.insync.replicas", "2",
            "max.message.bytes", "65536",
            "compression.type", "lz4",
            "message.timestamp.type", "LogAppendTime");

    @Test
    void a_topic_as_provision_creates_it_is_fine() {
        // Given
        TopicState topic = topic(3, GOOD, Optional.of(true));

        // When
        List<Finding> found = TopicDemands.findings(topic);

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void each_thing_that_is_wrong_is_one_line() {
        // Given
        TopicState topic = topic(
                1,
                Map.of(
                        "min.insync.replicas", "1",
                        "max.message.bytes", "1000",
                        "compression.type", "producer",
                        "message.timestamp.type", "CreateTime"),
                Optional.of(false));

        // When
        List<Finding> found = TopicDemands.findings(topic);

        // Then
        assertThat(found).hasSize(6).allMatch(finding -> finding.refuses(false));
        assertThat(found.stream().filter(finding -> finding.refuses(true)))
                .extracting(Finding::toString)
                .containsExactly(
                        "topic mail.lines: this agent may not write to it: its principal needs the operation WRITE",
                        "topic mail.lines: max.message.bytes is 1000 and must be 65536: long lines would be refused, and be"
                                + " said to be lost; `postwarden provision --repair` sets it");
    }

    @Test
    void two_copies_and_one_in_sync_are_refused_before_the_first_line_and_what_cannot_be_seen_is_not() {
        // Given
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put("min.insync.replicas", "1");

        // When
        List<Finding> unsafe = TopicDemands.durability(topic(2, settings, Optional.empty()));
        List<Finding> unseen = TopicDemands.durability(topic(3, Map.of(), Optional.empty()));

        // Then
        assertThat(unsafe).hasSize(2).allMatch(finding -> finding.refuses(false) && !finding.refuses(true));
        assertThat(unseen).singleElement().matches(finding -> !finding.refuses(false));
    }

    private static TopicState topic(int copies, Map<String, String> settings, Optional<Boolean> mayWrite) {
        return new TopicState("mail.lines", 12, copies, 0, settings, mayWrite);
    }
}
