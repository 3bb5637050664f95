package postwarden.stream;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import postwarden.detect.Detector;
import postwarden.incident.Alert;
import postwarden.schema.MailLine;
import postwarden.schema.Policy;
import postwarden.tally.OpenPanes;

/**
 * The whole graph.
 *
 * <pre>
 *  mail.lines ──► intake ──────── open panes on the heap ────────┐
 *  (key: host)      │ tick                                       │
 *                   ▼                                            ▼
 *                 intake-tick ──(held until the commit)──► intake-drain ──► tallies (a batch for each partition)
 *                   │                                                          │
 *                   └──► mail.dead-letters                                     ▼
 *                                                         watch ── panes, baselines, detectors ──┐
 *                                                           │ tick                               │
 *                                                           ▼                                    ▼
 *                                                         watch-tick ──(commit)──► watch-drain ──► reports (key: tenant)
 *                                                                                                   │
 *  mail.alerts ◄── mail.incidents ◄──────────────────────────────────────────────────────────── desk ◄┘
 * </pre>
 *
 * <p>The two ticks are the only cached stores: the record cache keeps a tick until the commit, whose first act is to flush
 * it, and so each drain happens once in a commit and in its transaction. A second cached store could fill the cache and make
 * every tick pass at once.
 */
public final class MailTopology {
    static final String WATCH = "watch";
    static final String DESK = "desk";

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final Serde<String> TEXT = Serdes.String();

    /** Ticks that are kept when they have done their work: none is needed, and each has a key that a stranger may choose. */
    private static final int TICKS = 16;
    /**
     * Bytes of a journal's segments, 16 MiB: a broker compacts no segment that is still written to, and at a start all that
     * is not compacted is read.
     */
    private static final String JOURNAL_SEGMENT = Integer.toString(16 << 20);

    private final Settings settings;
    private final Meters meters;

    public MailTopology(Settings settings, Meters meters) {
        this.settings = settings;
        this.meters = meters;
        meters.desk().expect(settings.detectors().stream().map(Detector::id).toList());
    }

    /**
     * Builds the graph.
     *
     * @param formats stays its maker's to close, when what runs the topology has ended
     */
    public Topology build(Properties properties, TopicFormats formats) {
        AlertSerde alerts = formats.alerts();
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        KStream<String, IntakeOutput> taken = builder.stream(
                        settings.topics().lines(), Consumed.with(TEXT, BYTES).withName("lines"))
                .processValues(intake(formats.lines()), Named.as("intake"));
        deadLetters(taken);
        KStream<byte[], byte[]> tallies = taken.filter((host, output) -> output.isTick(), Named.as("intake-ticks"))
                .toTable(Named.as("intake-tick-table"), tick(Stores.INTAKE_TICK, TEXT, new TickSerde()))
                .toStream(Named.as("intake-commit"))
                .process(intakeDrain(), Named.as("intake-drain"), Stores.INTAKE_HEAP)
                .repartition(Repartitioned.with(BYTES, BYTES)
                        .withName("tallies")
                        .withStreamPartitioner(new ByPart())
                        .withNumberOfPartitions(settings.stream().partitions()));
        KStream<String, byte[]> reports = tallies.processValues(watch(), Named.as(WATCH))
                .toTable(Named.as("watch-tick-table"), tick(Stores.WATCH_TICK, BYTES, Serdes.Boolean()))
                .toStream(Named.as("watch-commit"))
                .process(() -> new WatchDrain(settings, meters), Named.as("watch-drain"), Stores.WATCH_HEAP)
                .repartition(Repartitioned.with(TEXT, BYTES)
                        .withName("reports")
                        .withNumberOfPartitions(settings.stream().partitions()));
        KStream<String, Alert> decided = toldByOperators(builder, formats.policies())
                .map(decisions -> reports.merge(decisions, Named.as("reports-and-policies")))
                .orElse(reports)
                .process(desk(), Named.as(DESK));
        decided.filter((id, alert) -> alert.isTold(), Named.as("told"))
                .to(settings.topics().alerts(), Produced.with(TEXT, alerts).withName("alerts"));
        decided.to(settings.topics().incidents(), Produced.with(TEXT, alerts).withName("incidents"));
        return builder.build(properties);
    }

    /** What operators have decided, by tenant; in partitions as the reports, because the desk reads both. */
    private Optional<KStream<String, byte[]>> toldByOperators(StreamsBuilder builder, Deserializer<Policy> policies) {
        if (settings.topics().policy().isEmpty()) {
            return Optional.empty();
        }
        KStream<String, PolicyOutput> read = builder.stream(
                        settings.topics().policy(), Consumed.with(TEXT, BYTES).withName("policy"))
                .process(() -> new PolicyNode(settings, meters.desk(), policies), Named.as("policy-read"));
        deadLetters(
                "policy-",
                read.filter((key, output) -> output.deadLetter().isPresent(), Named.as("policy-unreadable"))
                        .mapValues(output -> output.deadLetter().orElseThrow(), Named.as("policy-as-it-came")));
        return Optional.of(read.filter((key, output) -> output.told().isPresent(), Named.as("policy-readable"))
                .mapValues(output -> output.told().orElseThrow(), Named.as("policy-told"))
                .repartition(Repartitioned.with(TEXT, BYTES)
                        .withName("policies")
                        .withNumberOfPartitions(settings.stream().partitions())));
    }

    private void deadLetters(KStream<String, IntakeOutput> taken) {
        deadLetters(
                "",
                taken.filterNot((host, output) -> output.isTick(), Named.as("unreadable"))
                        .mapValues(output -> output.deadLetter().orElseThrow(), Named.as("as-it-came")));
    }

    private void deadLetters(String of, KStream<String, byte[]> asTheyCame) {
        asTheyCame.to(
                settings.topics().deadLetters(), Produced.with(TEXT, BYTES).withName(of + "dead-letters"));
    }

    private FixedKeyProcessorSupplier<String, byte[], IntakeOutput> intake(Deserializer<MailLine> lines) {
        return new FixedKeyProcessorSupplier<>() {
            @Override
            public IntakeNode get() {
                return new IntakeNode(settings, meters, lines);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return inOrder(
                        HeapStore.<OpenPanes>builder(Stores.INTAKE_HEAP),
                        journal(Stores.INTAKE_JOURNAL),
                        store(Stores.SEEN),
                        store(Stores.CLOCKS),
                        store(Stores.QUEUE),
                        store(Stores.TRACES),
                        store(Stores.DRIFT));
            }
        };
    }

    private ProcessorSupplier<String, IntakeOutput, byte[], byte[]> intakeDrain() {
        return () -> new IntakeDrain(meters, settings.stream().partitions(), settings.watch());
    }

    private FixedKeyProcessorSupplier<byte[], byte[], Boolean> watch() {
        return new FixedKeyProcessorSupplier<>() {
            @Override
            public WatchNode get() {
                return new WatchNode(settings, meters);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return inOrder(
                        HeapStore.<WatchPart>builder(Stores.WATCH_HEAP),
                        journal(Stores.WATCH_JOURNAL),
                        store(Stores.KEYS),
                        store(Stores.TRACKS),
                        store(Stores.TALLIES),
                        store(Stores.FLEET));
            }
        };
    }

    private ProcessorSupplier<String, byte[], String, Alert> desk() {
        return new ProcessorSupplier<>() {
            @Override
            public DeskNode get() {
                return new DeskNode(settings, meters);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return inOrder(
                        store(Stores.INCIDENTS), store(Stores.WAITING), store(Stores.PARTS), store(Stores.POLICIES));
            }
        };
    }

    /** Always the same order, so that the description is always the same text. */
    private static Set<StoreBuilder<?>> inOrder(StoreBuilder<?>... stores) {
        return new LinkedHashSet<>(List.of(stores));
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name), Serdes.Bytes(), BYTES)
                .withCachingDisabled();
    }

    /** In memory, because a journal is read only when a task begins, and overwrites itself every few seconds. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> journal(String name) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), BYTES)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, JOURNAL_SEGMENT));
    }

    private static <K, V> Materialized<K, V, KeyValueStore<Bytes, byte[]>> tick(
            String name, Serde<K> keys, Serde<V> values) {
        return Materialized.<K, V>as(org.apache.kafka.streams.state.Stores.lruMap(name, TICKS))
                .withKeySerde(keys)
                .withValueSerde(values)
                .withCachingEnabled()
                .withLoggingDisabled();
    }
}
