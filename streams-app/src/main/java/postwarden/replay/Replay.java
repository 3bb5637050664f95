package postwarden.replay;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import postwarden.schema.Alert;
import postwarden.schema.MailLine;
import postwarden.schema.registry.Registration;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryKeys;
import postwarden.stream.GroupProtocol;
import postwarden.stream.MailTopology;
import postwarden.stream.Meters;
import postwarden.stream.PolicyTopic;
import postwarden.stream.Running;
import postwarden.stream.Service;
import postwarden.stream.Settings;
import postwarden.stream.TopicFormats;
import postwarden.stream.WireFormat;

/** A bounded run of the topology beside the live service. */
public final class Replay {
    /** Often enough for a person who watches, and for an end that is noticed soon. */
    private static final long PAUSE_MILLIS = 500;

    private final ReplayName name;
    private final String live;
    private final Settings settings;
    /** Where the live service learns what is let be. */
    private final String policy;

    private final Running running;
    private final Meters meters = new Meters(new SimpleMeterRegistry());

    /** Receives what a replay has to say while it goes on. */
    public interface Listener {
        void surveyed(long read, long of);

        /** A replay by this name is at work, or was killed a moment ago; its end is awaited for this long. */
        void isAtWork(Duration patience);

        /** It was broken off before, and does not begin anew. */
        void goesOn(long read, long of);

        void passed(long read, long of);

        /** The process is told to end before the replay is done; everything is closed. */
        void brokenOff();
    }

    /**
     * What to read, by the records' time.
     *
     * @param to empty for everything that is there when the replay begins
     */
    public record Asked(Instant from, Optional<Instant> to) {}

    /**
     * A replay that is not begun.
     *
     * @param candidate its thresholds
     * @param service how the live service runs: where its states are, and under which application id
     */
    public Replay(ReplayName name, Settings candidate, Running service) {
        this.name = name;
        live = service.applicationId();
        policy = candidate.topics().policy();
        settings = candidate.replaying(name.topics(candidate.topics()));
        running = new Running(
                name.applicationId(live),
                service.stateDir(),
                service.threads(),
                service.commitInterval(),
                service.replicationFactor(),
                0,
                // The bounded consumer speaks the classic protocol.
                GroupProtocol.CLASSIC,
                service.stores(),
                service.kafka());
    }

    /** What this process counted. */
    public Meters meters() {
        return meters;
    }

    /** Where the replay writes. */
    public Settings settings() {
        return settings;
    }

    /** Deletes everything of a replay by this name. @throws ReplayRefused when there is none, or it is at work */
    public void delete() throws ExecutionException, InterruptedException, ReplayRefused, IOException {
        try (Admin admin = admin()) {
            Estate estate = estate(admin);
            if (!estate.isThere()) {
                throw new ReplayRefused("there is no replay '" + name.text() + "' of " + live);
            }
            estate.delete();
        }
    }

    /** Deletes what is there by this name, if anything is. */
    public void deleteIfThere() throws ExecutionException, InterruptedException, ReplayRefused, IOException {
        try (Admin admin = admin()) {
            Estate estate = estate(admin);
            if (estate.isThere()) {
                estate.delete();
            }
        }
    }

    /**
     * Runs it to its end, or goes on with one that was broken off.
     *
     * @return what was read
     * @throws ReplayRefused when it is done already, was begun with another order, or may not take its name
     */
    public Plan run(Asked asked, Listener listener)
            throws ExecutionException, InterruptedException, ReplayRefused, IOException {
        try (Admin admin = admin()) {
            Estate estate = estate(admin);
            Plan.Order order = new Plan.Order(
                    asked.from().toString(),
                    asked.to().map(Instant::toString).orElse(""),
                    settings.configDigest(),
                    settings.stream().partitions());
            Optional<Plan> begun = Optional.empty();
            if (estate.isThere()) {
                if (estate.isAtWork()) {
                    listener.isAtWork(Estate.NOBODY);
                    // Who is at work may be at its end: what it has come to is read afterwards.
                    estate.awaitNobody();
                }
                PlanTopic.Content content = estate.plan().read(admin);
                refuse(content, order);
                begun = content.plan();
            }
            estate.found((short) running.replicationFactor());
            register();
            estate.awaitNobody();
            Plan plan = begun.isPresent() ? begun.get() : begin(admin, estate, order, asked, listener);
            if (plan.records() > 0) {
                process(admin, plan, listener);
            }
            estate.plan().done();
            estate.tidy();
            return plan;
        }
    }

    private void refuse(PlanTopic.Content content, Plan.Order order) throws ReplayRefused {
        if (content.done()) {
            throw new ReplayRefused("the replay '" + name.text() + "' is done; --again deletes it and begins anew");
        }
        if (content.plan().isPresent() && !content.plan().get().order().equals(order)) {
            throw new ReplayRefused("the replay '" + name.text() + "' was begun with "
                    + content.plan().get().order() + ", not " + order + "; --again deletes it and begins anew");
        }
    }

    /** Settles what is read, and makes the group begin there. */
    private Plan begin(Admin admin, Estate estate, Plan.Order order, Asked asked, Listener listener)
            throws ExecutionException, InterruptedException, IOException {
        estate.forgetState();
        String lines = settings.topics().lines();
        Map<Integer, Range> wanted = wanted(admin, lines, asked);
        long records = wanted.values().stream().mapToLong(Range::size).sum();
        Survey survey = new Survey(lines, settings.intake(), wanted);
        survey.read(running.kafka(), read -> listener.surveyed(read, records));
        Plan plan = new Plan(order, survey.ranges(), survey.hosts());
        Map<TopicPartition, OffsetAndMetadata> starts = new HashMap<>();
        plan.ranges()
                .forEach((partition, range) ->
                        starts.put(new TopicPartition(lines, partition), new OffsetAndMetadata(range.start())));
        admin.alterConsumerGroupOffsets(running.applicationId(), starts).all().get();
        estate.plan().settle(plan);
        return plan;
    }

    private static Map<Integer, Range> wanted(Admin admin, String lines, Asked asked)
            throws ExecutionException, InterruptedException {
        // The ends first: what is written while the starts are looked up must not lie between them.
        Map<Integer, Long> stops =
                asked.to().isPresent() ? Offsets.at(admin, lines, asked.to().get()) : Offsets.ends(admin, lines);
        Map<Integer, Long> starts = Offsets.at(admin, lines, asked.from());
        Map<Integer, Range> wanted = new TreeMap<>();
        stops.forEach((partition, stop) -> {
            long start = Math.min(starts.getOrDefault(partition, stop), stop);
            wanted.put(partition, new Range(start, stop));
        });
        return wanted;
    }

    private void process(Admin admin, Plan plan, Listener listener)
            throws ExecutionException, InterruptedException, ReplayRefused {
        Serializer<MailLine> words = WireFormat.serializer(running.kafka());
        ReplayClients clients = new ReplayClients(settings.topics().lines(), new Feed(plan, new WordWriter(words)));
        Passage passage = new Passage(
                admin,
                running.applicationId(),
                settings.topics().lines(),
                plan.ranges(),
                internal().repartitions());
        long before = passage.passed();
        if (before > 0) {
            listener.goesOn(before, plan.records());
        }
        // As they stand when it begins or goes on: what they cover by event time is the same.
        Settings deciding =
                settings.allowing(PolicyTopic.decisions(running.kafka(), policy).allowances());
        Service service = Service.start(
                deciding, running, meters, (topology, properties) -> new KafkaStreams(topology, properties, clients));
        AtomicBoolean over = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, over, listener), "stop"));
        try {
            while (!passage.isOver()) {
                if (service.hasStopped() && !over.getAndSet(true)) {
                    throw new ReplayRefused(
                            "the replay was broken off before its end; the same command goes on with it");
                }
                listener.passed(passage.passed(), plan.records());
                Thread.sleep(PAUSE_MILLIS);
            }
            over.set(true);
        } finally {
            service.close();
            words.close();
        }
    }

    /** Says that it was broken off where nobody else does: when a signal ends the process, the main thread has no say. */
    private static void stop(Service service, AtomicBoolean over, Listener listener) {
        boolean early = !over.getAndSet(true);
        service.close();
        if (early) {
            listener.brokenOff();
        }
    }

    /** The serializer looks for the schema under the topic's own subject. */
    private void register() {
        try (Registry registry = RegistryKeys.registry(running.kafka())) {
            Registration.register(
                    registry,
                    Map.of(
                            settings.topics().alerts() + "-value", Alert.getClassSchema(),
                            settings.topics().incidents() + "-value", Alert.getClassSchema()));
        }
    }

    private Estate estate(Admin admin) {
        return new Estate(
                admin, running.kafka(), live, name, settings.topics(), internal(), Path.of(running.stateDir()));
    }

    private InternalTopics internal() {
        Properties properties = running.properties();
        try (TopicFormats formats = TopicFormats.of(running.kafka())) {
            Topology topology =
                    new MailTopology(settings, new Meters(new SimpleMeterRegistry())).build(properties, formats);
            return InternalTopics.of(topology, running.applicationId());
        }
    }

    private Admin admin() {
        return Admin.create(new HashMap<>(running.kafka()));
    }
}
