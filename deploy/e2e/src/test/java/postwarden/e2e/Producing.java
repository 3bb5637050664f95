package postwarden.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import postwarden.producer.Agent;
import postwarden.producer.AgentConfig;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.follow.FollowParams;
import postwarden.producer.follow.HostRule;
import postwarden.producer.follow.Source;
import postwarden.producer.publish.PublishParams;

/** The log producer in this process, over logs that are complete. */
public final class Producing {
    private Producing() {}

    /** Sends every line of the logs to the topic; returns when all are acknowledged. @return how many lines */
    public static long once(Cluster cluster, SortedMap<String, Path> logs, Path state, String topic)
            throws IOException, InterruptedException {
        List<Source> sources = logs.entrySet().stream()
                .map(log -> new Source(
                        log.getValue().toString(),
                        Source.Start.BEGINNING,
                        Source.DEFAULT_TENANT,
                        new HostRule.Named(log.getKey()),
                        ZoneOffset.UTC))
                .toList();
        PublishParams standard = PublishParams.to(cluster.kafkaObjects());
        PublishParams publish = new PublishParams(
                topic,
                standard.kafka(),
                standard.recordsInFlight(),
                standard.bytesInFlight(),
                standard.drain(),
                standard.complainAfter(),
                standard.longestBackoff());
        AgentConfig config =
                new AgentConfig("e2e", sources, FollowParams.defaults(true), publish, CheckpointParams.in(state));
        // A topic that is no part of the roll-out has no schema either.
        Map<String, Object> overrides = Map.of("auto.register.schemas", "true");
        try (Agent agent = Agent.start(config, overrides, Recordings.clock())) {
            if (!agent.awaitEnd()) {
                throw new AssertionError("not everything could be read: " + agent.counters());
            }
            return agent.counters().lines();
        }
    }

    /** Puts one record of text into a topic, whatever its records are. */
    static void text(Cluster cluster, String topic, String key, String value)
            throws ExecutionException, InterruptedException {
        send(cluster, new ProducerRecord<>(topic, key, value));
    }

    /** Puts one record of text into a partition. */
    static void text(Cluster cluster, String topic, int partition, String key, String value)
            throws ExecutionException, InterruptedException {
        send(cluster, new ProducerRecord<>(topic, partition, key, value));
    }

    private static void send(Cluster cluster, ProducerRecord<String, String> record)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(cluster.kafkaObjects(), new StringSerializer(), new StringSerializer())) {
            producer.send(record).get();
        }
    }
}
