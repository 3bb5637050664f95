package postwarden.benchmarks.flink;

import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import postwarden.benchmarks.fleet.CountedKey;
import postwarden.parse.LineParser;
import postwarden.schema.MailLine;
import postwarden.stream.WireFormat;

/** Reads a line and names whom it names, as the other contestants do. */
final class NamedSchema implements KafkaRecordDeserializationSchema<Named> {
    private static final long serialVersionUID = 1;

    private final String broker;
    private final String registry;
    private transient @Nullable Deserializer<MailLine> lines;
    private transient @Nullable LineParser parser;

    NamedSchema(String broker, String registry) {
        this.broker = broker;
        this.registry = registry;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        lines = WireFormat.deserializer(
                Map.of("bootstrap.servers", broker, "schema.registry.url", registry), MailLine.class);
        parser = new LineParser();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Named> out) {
        if (lines == null || parser == null) {
            throw new IllegalStateException("not opened");
        }
        MailLine line = lines.deserialize(record.topic(), record.value());
        CountedKey.forEach(parser, line, (kind, who) -> {
            Named named = new Named();
            named.key = kind.name() + " " + who;
            named.millis = CountedKey.millis(line);
            out.collect(named);
        });
    }

    @Override
    public TypeInformation<Named> getProducedType() {
        return TypeInformation.of(Named.class);
    }
}
