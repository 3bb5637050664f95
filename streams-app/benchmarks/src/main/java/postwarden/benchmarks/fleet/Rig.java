package postwarden.benchmarks.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import postwarden.schema.registry.Registration;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryKeys;
import postwarden.stream.Provision;
import postwarden.stream.Topics;

/** A fresh broker in a process of its own, with the topics and schemas of a roll-out. */
final class Rig implements AutoCloseable {
    /** Where the contestants that are not ours put what they find. */
    static final String RESULTS = "benchmark.results";

    static final String LINES = Topics.STANDARD.lines();

    /** So that one, two and three instances share them evenly. */
    private static final int PARTITIONS = 6;

    private final Path data;
    private final Jvm broker;
    private final BufferedReader answers;
    private final Admin admin;
    private final Map<String, String> kafka;

    private Rig(Path data, Jvm broker, BufferedReader answers, String[] addresses) {
        this.data = data;
        this.broker = broker;
        this.answers = answers;
        this.kafka = Map.of("bootstrap.servers", addresses[0], "schema.registry.url", addresses[1]);
        this.admin = Admin.create(new HashMap<>(kafka));
    }

    static Rig start(Path folder) throws IOException, InterruptedException, ExecutionException {
        Jvm.Command command = new Jvm.Command(
                System.getProperty("java.class.path"),
                List.of("-Xmx1g"),
                BrokerProcess.class.getName(),
                List.of(folder.toString()));
        Jvm broker = Jvm.talking(command, folder.resolve("broker.log"));
        BufferedReader answers = broker.process().inputReader(StandardCharsets.UTF_8);
        Rig rig = new Rig(
                folder.resolve(BrokerProcess.DATA),
                broker,
                answers,
                answer(answers).split(" "));
        Provision.topics(rig.admin, Topics.STANDARD, PARTITIONS, (short) 1);
        rig.admin
                .createTopics(List.of(new NewTopic(RESULTS, 1, (short) 1)))
                .all()
                .get();
        try (Registry registry = RegistryKeys.registry(rig.kafka)) {
            Registration.register(registry, Registration.standard());
        }
        return rig;
    }

    /** What clients are configured with. */
    Map<String, String> kafka() {
        return kafka;
    }

    /** Bytes that all topics took so far. */
    long bytesIn() throws IOException {
        var questions = broker.process().outputWriter(StandardCharsets.UTF_8);
        questions.write("bytes\n");
        questions.flush();
        return Long.parseLong(answer(answers));
    }

    /** Lines whose effects the group has committed. */
    long committedLines(String group) throws InterruptedException, ExecutionException {
        return committed(group).entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(LINES))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Whether the group has read all of the lines, and all that it tells itself about them. */
    boolean isDrained(String group) throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> committed = committed(group);
        return ends(topics().stream()
                        .filter(topic -> topic.equals(LINES)
                                || (topic.startsWith(group + "-") && topic.endsWith("-repartition")))
                        .toList())
                .entrySet()
                .stream()
                .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    List<String> changelogs(String group) throws InterruptedException, ExecutionException {
        return topics().stream()
                .filter(topic -> topic.startsWith(group + "-") && topic.endsWith("-changelog"))
                .toList();
    }

    /** The ends of all partitions, whatever transactions are open. */
    Map<TopicPartition, Long> ends(List<String> topics) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((topic, described) -> described
                        .partitions()
                        .forEach(partition ->
                                asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        return admin.listOffsets(asked).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /**
     * Ends the broker and deletes its data.
     *
     * @throws IOException when some of it cannot be deleted
     */
    @Override
    public void close() throws IOException {
        admin.close();
        broker.close();
        Folders.delete(data);
    }

    private Map<TopicPartition, Long> committed(String group) throws InterruptedException, ExecutionException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private List<String> topics() throws InterruptedException, ExecutionException {
        return List.copyOf(admin.listTopics().names().get());
    }

    private static String answer(BufferedReader answers) throws IOException {
        String line = answers.readLine();
        while (line != null && !line.startsWith(BrokerProcess.ANSWER)) {
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException("the broker has ended; its log says why");
        }
        return line.substring(BrokerProcess.ANSWER.length());
    }
}
