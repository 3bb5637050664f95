package postwarden.serve.wire;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import postwarden.alertjson.TerminalSafe;
import postwarden.ask.Listing;

/**
 * The questions' records as JSON and back: component names are fields, an instant is ISO 8601 text, a duration is a number of
 * seconds, what is no number is null, and what could harm a terminal is escaped.
 */
public final class Json {
    private static final int NANOS = 9;

    private static final ObjectMapper WRITER = JsonMapper.builder(new JsonFactoryBuilder()
                    .characterEscapes(TerminalSafe.JSON)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(times())
            .build();

    /** Peers of a newer version may say more. */
    private static final ObjectMapper PEERS = WRITER.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Json() {}

    /** The value in UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return WRITER.writeValueAsBytes(value);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("a " + value.getClass() + " has no JSON", bug);
        }
    }

    /** What a client has sent. @throws IOException when it is not exactly one of those */
    public static <T> T strictly(byte[] bytes, Class<T> type) throws IOException {
        return present(WRITER.readValue(bytes, type));
    }

    /** What a peer has sent; fields that are not known are passed over. @throws IOException when it is none of those */
    public static <T> T read(byte[] bytes, Class<T> type) throws IOException {
        return present(PEERS.readValue(bytes, type));
    }

    /** Rows that a peer has sent. @throws IOException when they are none */
    public static <T> Listing<T> listing(byte[] bytes, Class<T> row) throws IOException {
        Listing<T> listing = PEERS.readValue(bytes, PEERS.getTypeFactory().constructParametricType(Listing.class, row));
        return present(listing);
    }

    private static <T> T present(T value) throws IOException {
        if (value == null) {
            throw new IOException("null stands where something must be");
        }
        return value;
    }

    private static SimpleModule times() {
        SimpleModule module = new SimpleModule("postwarden");
        module.addSerializer(Instant.class, new WritesInstant());
        module.addDeserializer(Instant.class, new ReadsInstant());
        module.addSerializer(Duration.class, new WritesDuration());
        module.addDeserializer(Duration.class, new ReadsDuration());
        module.addSerializer(Double.class, new WritesDouble());
        module.addSerializer(double.class, new WritesDouble());
        return module;
    }

    private static final class WritesInstant extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1;

        WritesInstant() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }

    private static final class ReadsInstant extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        ReadsInstant() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(json.getText());
            } catch (DateTimeException wrong) {
                throw JsonMappingException.from(json, "an instant is such as 2026-11-22T03:00:00Z");
            }
        }
    }

    private static final class WritesDuration extends StdSerializer<Duration> {
        private static final long serialVersionUID = 1;

        WritesDuration() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (value.toNanosPart() == 0) {
                json.writeNumber(value.toSeconds());
            } else {
                json.writeNumber(
                        BigDecimal.valueOf(value.toSeconds()).add(BigDecimal.valueOf(value.toNanosPart(), NANOS)));
            }
        }
    }

    private static final class ReadsDuration extends StdDeserializer<Duration> {
        private static final long serialVersionUID = 1;

        ReadsDuration() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                return Duration.ofNanos(
                        json.getDecimalValue().movePointRight(NANOS).longValueExact());
            } catch (ArithmeticException wrong) {
                throw JsonMappingException.from(json, "a duration is a number of seconds");
            }
        }
    }

    /** JSON has no name for what is not a number. */
    private static final class WritesDouble extends StdSerializer<Double> {
        private static final long serialVersionUID = 1;

        WritesDouble() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
    }
}
