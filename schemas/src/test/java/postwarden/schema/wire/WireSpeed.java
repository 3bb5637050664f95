package postwarden.schema.wire;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import postwarden.schema.MailLine;

/** Prints what one line costs to write and to read, in nanoseconds; run by hand, see RATIONALE.md. */
final class WireSpeed {
    private static final String TOPIC = "mail.lines";
    private static final int ROUNDS = 8;
    private static final int RECORDS = 1_000_000;

    private WireSpeed() {}

    public static void main(String[] arguments) {
        Map<String, String> configuration =
                Map.of("schema.registry.url", "mock://speed", "auto.register.schemas", "true");
        try (AvroSerializer<MailLine> serializer = new AvroSerializer<>();
                AvroDeserializer<MailLine> deserializer = new AvroDeserializer<>(MailLine.class)) {
            serializer.configure(configuration, false);
            deserializer.configure(configuration, false);
            byte[] bytes = requireNonNull(serializer.serialize(TOPIC, Records.line()));
            System.out.println("record: " + bytes.length + " bytes");
            for (int round = 0; round < ROUNDS; round++) {
                double write = nanos(() -> serializer.serialize(TOPIC, Records.LINE_RECORD));
                double read = nanos(() -> deserializer.deserialize(TOPIC, bytes));
                System.out.printf(Locale.ROOT, "write %.0f ns, read %.0f ns%n", write, read);
            }
        }
    }

    private static double nanos(Supplier<? extends @Nullable Object> work) {
        int seen = 0;
        long begin = System.nanoTime();
        for (int i = 0; i < RECORDS; i++) {
            // The result must matter, or the compiler may leave the work out.
            seen += work.get() == null ? 1 : 0;
        }
        return (System.nanoTime() - begin + seen) / (double) RECORDS;
    }
}
