package postwarden.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import postwarden.schema.MailLine;
import postwarden.schema.TimeQuality;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryKeys;
import postwarden.schema.registry.SchemaText;
import postwarden.stream.WireFormat;

/**
 * A record as no producer of ours sends it.
 *
 * @param cause what its dead letter must say
 */
record Poison(@Nullable String key, @Nullable Bytes value, List<Header> headers, String cause) {
    /** Magic byte and schema id. */
    private static final int HEADER = 5;

    private static final int ITEMS = 1_000_000_000;
    private static final int DEPTH = 50_000;
    private static final int HEADERS = 1_000;
    private static final int LONG_HEADER = 60 * 1024;
    private static final String NO_RECORD = "no record of their schema";
    private static final String NO_START = "do not begin with a zero byte";

    /** One of each kind, by what it is. */
    static Map<String, Poison> set(Cluster cluster) {
        byte[] good = bytes(cluster, line().build());
        Map<String, Poison> all = new TreeMap<>();
        all.putAll(framing(good));
        all.putAll(damaged(good));
        all.putAll(foreign(cluster));
        all.putAll(contradictions(cluster));
        all.putAll(surroundings(good));
        return all;
    }

    ProducerRecord<String, Bytes> record() {
        return new ProducerRecord<>("mail.lines", null, null, key, value, headers);
    }

    private static Map<String, Poison> framing(byte[] good) {
        byte[] random = new byte[200];
        new Random(1).nextBytes(random);
        random[0] = 7;
        return Map.of(
                "random bytes", of(random, NO_START),
                "empty value", of(new byte[0], NO_START),
                "one byte", of(new byte[1], NO_START),
                "magic byte and id alone", of(Arrays.copyOf(good, HEADER), NO_RECORD),
                "wrong magic", of(with(good, 0, 1), NO_START),
                "unknown schema", of(withId(good, 1_234_567), "schema id 1234567"));
    }

    private static Map<String, Poison> damaged(byte[] good) {
        // Behind the header stand the kind, one byte, and the tenant's length; the last four are an empty roster, no
        // note, whether the file is the host's alone, and that nobody says that it is new.
        int tenant = HEADER + 1;
        byte[] behindTenant = Arrays.copyOfRange(good, tenant + 1, good.length);
        byte[] start = Arrays.copyOf(good, tenant);
        byte[] untilRoster = Arrays.copyOf(good, good.length - 4);
        return Map.of(
                "cut", of(Arrays.copyOf(good, good.length / 2), NO_RECORD),
                "longer", of(Arrays.copyOf(good, good.length + 3), "3 bytes behind the record's end"),
                "negative length", of(joined(start, number(-1), behindTenant), "a length of -1"),
                "length of 2^31", of(joined(start, number(1L << 31), behindTenant), "a length of 2147483648"),
                "10^9 items", of(joined(untilRoster, number(ITEMS), new byte[4]), "a block of 1000000000 items"));
    }

    private static Map<String, Poison> foreign(Cluster cluster) {
        Schema recursive = SchemaBuilder.record("Deep")
                .namespace("postwarden.schema")
                .fields()
                .name("next")
                .type()
                .optional()
                .type("Deep")
                .endRecord();
        byte[] deep = new byte[DEPTH];
        Arrays.fill(deep, (byte) 2);
        try (Registry registry = RegistryKeys.registry(cluster.kafka())) {
            int alert = registry.idOf("mail.alerts-value", SchemaText.plain(postwarden.schema.Alert.getClassSchema()));
            int recursion = registry.register("deep-value", SchemaText.plain(recursive));
            return Map.of(
                    "schema of another subject", of(withId(new byte[100], alert), "written as postwarden.schema.Alert"),
                    "deep recursion",
                            of(withId(joined(new byte[HEADER], deep), recursion), "written as postwarden.schema.Deep"));
        }
    }

    private static Map<String, Poison> contradictions(Cluster cluster) {
        return Map.of(
                "ends before it starts",
                        of(bytes(cluster, line().setEndOffset(3L).build()), "bytes 10 to 3"),
                "message behind the text",
                        of(bytes(cluster, line().setMessageStart(99).build()), "byte 99 of 4"),
                "no host", of(bytes(cluster, line().setHost("").build()), "no host"),
                "a host too long",
                        of(bytes(cluster, line().setHost("h".repeat(300)).build()), "host has 300"),
                "a text too long",
                        of(
                                bytes(
                                        cluster,
                                        line().setText(ByteBuffer.allocate(32_769))
                                                .build()),
                                "text has 32769"));
    }

    private static Map<String, Poison> surroundings(byte[] good) {
        byte[] bad = with(good, 0, 9);
        byte[] random = new byte[LONG_HEADER];
        new Random(2).nextBytes(random);
        List<Header> many = IntStream.range(0, HEADERS)
                .<Header>mapToObj(index -> new RecordHeader("header-" + index, new byte[] {(byte) index}))
                .toList();
        return Map.of(
                "no key", new Poison(null, Bytes.wrap(good), List.of(), "no key"),
                "no value", new Poison("bad", null, List.of(), "no value"),
                "a thousand headers", new Poison("bad", Bytes.wrap(bad), many, NO_START),
                "a header of 60 KiB",
                        new Poison(
                                "bad",
                                Bytes.wrap(Arrays.copyOf(bad, 7)),
                                List.of(new RecordHeader("long", random)),
                                NO_START),
                "a key of 100,000 bytes",
                        new Poison("bad" + "d".repeat(99_997), Bytes.wrap(with(good, 0, 8)), List.of(), NO_START));
    }

    private static Poison of(byte[] value, String cause) {
        return new Poison("bad", Bytes.wrap(value), List.of(), cause);
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] withId(byte[] bytes, int id) {
        byte[] changed = bytes.clone();
        ByteBuffer.wrap(changed).putInt(1, id);
        return changed;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A number as Avro writes it. */
    private static byte[] number(long value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            encoder.writeLong(value);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private static MailLine.Builder line() {
        return MailLine.newBuilder()
                .setReporter("bad")
                .setHost("bad")
                .setEventTimeMicros(1_795_249_200_000_000L)
                .setTimeQuality(TimeQuality.ZONED)
                .setReadTimeMicros(1L)
                .setText(ByteBuffer.wrap(new byte[] {'t', 'e', 'x', 't'}))
                .setFile("/var/log/mail.log")
                .setFileId("1-2")
                .setStartOffset(10L)
                .setEndOffset(15L);
    }

    private static byte[] bytes(Cluster cluster, MailLine line) {
        try (Serializer<MailLine> serializer = WireFormat.serializer(cluster.kafka())) {
            return serializer.serialize("mail.lines", line);
        }
    }
}
