package postwarden.stream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import postwarden.correlate.Correlator;
import postwarden.correlate.Intervals;
import postwarden.correlate.QueueEntry;
import postwarden.correlate.Trace;
import postwarden.drift.Drift;
import postwarden.drift.TemplateCount;
import postwarden.event.LogRecord;
import postwarden.parse.LineParser;
import postwarden.schema.MailLine;
import postwarden.stream.codec.Codec;
import postwarden.stream.codec.CorrelateCodecs;
import postwarden.stream.codec.LineCodec;
import postwarden.stream.codec.StateCodecs;
import postwarden.tally.HostClock;
import postwarden.tally.Intake;
import postwarden.tally.OpenPanes;
import postwarden.tally.Progress;
import postwarden.tally.Pulse;
import postwarden.tally.Tallier;
import postwarden.tally.Word;

/**
 * Reads each record of the lines topic into the open panes, and forwards one tick after each drain. A record that cannot be
 * read is forwarded as it came, with its cause.
 */
final class IntakeNode implements FixedKeyProcessor<String, byte[], IntakeOutput> {
    private final Settings settings;
    private final Meters meters;
    private final Deserializer<MailLine> lines;
    private FixedKeyProcessorContext<String, IntakeOutput> context;
    private HeapStore<OpenPanes> heap;
    private OpenPanes open;
    private Intake intake;
    private Drift drift;
    private final IntakeProgress progress;
    private long templates;
    private long templatesLetGo;

    IntakeNode(Settings settings, Meters meters, Deserializer<MailLine> lines) {
        this.settings = settings;
        this.meters = meters;
        this.lines = lines;
        progress = meters.intakeProgress();
    }

    @Override
    public void init(FixedKeyProcessorContext<String, IntakeOutput> initial) {
        context = initial;
        progress.begin(context.taskId().partition());
        heap = context.getStateStore(Stores.INTAKE_HEAP);
        heap.reset();
        open = new OpenPanes();
        Journal journal = new Journal(
                context.getStateStore(Stores.INTAKE_JOURNAL), settings.stream().bounds(), context::currentSystemTimeMs);
        StoreMemory<String, QueueEntry> queue = memory(journal, Stores.QUEUE, CorrelateCodecs.QUEUE_ENTRY);
        StoreMemory<String, Trace> traces = memory(journal, Stores.TRACES, CorrelateCodecs.TRACE);
        KeyValueStore<Bytes, byte[]> templateStore = context.getStateStore(Stores.DRIFT);
        StoreMemory<String, TemplateCount> templateCounts =
                journal.keepShared(templateStore, Codec.TEXT, StateCodecs.TEMPLATE_COUNT);
        StoreMemory<String, Intervals> seen = memory(journal, Stores.SEEN, StateCodecs.INTERVALS);
        StoreMemory<String, HostClock> clocks = memory(journal, Stores.CLOCKS, StateCodecs.HOST_CLOCK);
        journal.restore();
        clocks.forEach(this::listen);
        heap.share(open, journal);
        drift = new Drift(templateCounts);
        templates = 0;
        templatesLetGo = 0;
        tellTemplates();
        intake = new Intake(
                new LineParser(settings.replies()),
                new Correlator(queue, traces, settings.correlator()),
                new Tallier(settings.systems()),
                seen,
                clocks,
                drift,
                settings.intake());
    }

    @Override
    public void process(FixedKeyRecord<String, byte[]> record) {
        RecordMetadata from = context.recordMetadata().orElseThrow();
        meters.read();
        progress.record(from.offset());
        LogRecord read;
        try {
            read = LineCodec.decode(decoded(record), from.partition(), from.offset());
        } catch (SerializationException | AvroRuntimeException | IllegalArgumentException unreadable) {
            bury(record, from, unreadable);
            return;
        }
        long unrecognised = intake.unrecognised();
        long unparsed = intake.unparsed();
        open.ear().record(record.timestamp());
        count(read, record.timestamp());
        progress.read(read, record.timestamp());
        if (intake.unrecognised() > unrecognised) {
            meters.unrecognised(drift.latest());
            tellTemplates();
        } else if (intake.unparsed() > unparsed) {
            meters.headerNotRead();
            tellTemplates();
        }
        if (!heap.tick()) {
            context.forward(record.withValue(IntakeOutput.TICK));
        }
    }

    private void count(LogRecord read, long taken) {
        boolean counted = false;
        try {
            Intake.Outcome outcome = intake.accept(read, taken, open);
            counted = true;
            meters.record(outcome);
        } finally {
            if (!counted) {
                meters.abandoned();
            }
        }
    }

    @Override
    public void close() {
        progress.end();
        meters.templates(-templates, 0);
    }

    /** Goes on listening to a host that has spoken before this task began. */
    private void listen(String name, HostClock clock) {
        Pulse pulse = clock.pulse();
        if (!clock.ended() && !pulse.heard().equals(Instant.MIN)) {
            int slash = name.indexOf('/');
            Word word = new Word(pulse.reporter(), pulse.heard().toEpochMilli(), false);
            open.ear()
                    .word(new Progress(
                            name.substring(0, slash),
                            name.substring(slash + 1),
                            Long.MIN_VALUE,
                            false,
                            List.of(),
                            word));
        }
    }

    /** The gauge is the sum over all tasks of this instance. */
    private void tellTemplates() {
        meters.templates(drift.templates() - templates, drift.templatesLetGo() - templatesLetGo);
        templates = drift.templates();
        templatesLetGo = drift.templatesLetGo();
    }

    private MailLine decoded(FixedKeyRecord<String, byte[]> record) {
        // Without a key the tick would not reach the drain, and the host is the key by contract.
        @Nullable Object key = record.key();
        byte @Nullable [] value = record.value();
        if (key == null || value == null) {
            throw new IllegalArgumentException(key == null ? "the record has no key" : "the record has no value");
        }
        return Optional.ofNullable(lines.deserialize(settings.topics().lines(), value))
                .orElseThrow(() -> new IllegalArgumentException("the record is empty"));
    }

    private void bury(FixedKeyRecord<String, byte[]> record, RecordMetadata from, RuntimeException why) {
        meters.deadLetter();
        Headers headers = new RecordHeaders(record.headers());
        header(headers, "postwarden.cause", String.valueOf(why.getMessage()));
        header(headers, "postwarden.topic", from.topic());
        header(headers, "postwarden.partition", Integer.toString(from.partition()));
        header(headers, "postwarden.offset", Long.toString(from.offset()));
        byte @Nullable [] value = record.value();
        context.forward(record.withValue(new IntakeOutput(Optional.of(value == null ? new byte[0] : value)))
                .withHeaders(headers));
    }

    private <V> StoreMemory<String, V> memory(Journal journal, String store, Codec<V> values) {
        KeyValueStore<Bytes, byte[]> kept = context.getStateStore(store);
        return journal.keep(kept, Codec.TEXT, values);
    }

    private static void header(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
