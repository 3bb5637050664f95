package postwarden.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Status;

/** Writes an event as JSON members: what the header said, the kind, then the fields in the order of {@link Field}. */
public final class EventJson {
    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private EventJson() {}

    /**
     * Writes the members of one event into the object that is open.
     *
     * @throws IOException when the output fails
     */
    public static void write(JsonGenerator json, Event event) throws IOException {
        json.writeStringField("time", time(event.time()));
        json.writeStringField("host", event.host());
        json.writeStringField("program", event.line().program());
        if (event.line().pid() >= 0) {
            json.writeNumberField("pid", event.line().pid());
        }
        writeMeaning(json, event);
    }

    /**
     * Writes what the message says, without what the header said: daemon, kind, fields.
     *
     * @throws IOException when the output fails
     */
    public static void writeMeaning(JsonGenerator json, Event event) throws IOException {
        json.writeStringField("daemon", event.daemon().wireName());
        json.writeStringField("event", event.kind().wireName());
        try {
            event.forEach((field, value) -> writeField(json, field, value));
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        if (event.is(Kind.UNRECOGNISED) && !event.has(Field.TEXT)) {
            json.writeStringField(Field.TEXT.jsonName(), event.line().message());
        }
    }

    /** The instant in milliseconds and UTC, such as {@code 2026-11-21T08:16:24.230Z}. */
    public static String time(Instant time) {
        return MILLISECONDS.format(time);
    }

    private static void writeField(JsonGenerator json, Field field, Object value) {
        try {
            json.writeFieldName(field.jsonName());
            writeValue(json, value);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void writeValue(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            writeDecimal(json, number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Status status) {
            json.writeString(status.wireName());
        } else if (value instanceof List<?> parts) {
            json.writeStartArray();
            for (Object part : parts) {
                writeValue(json, part);
            }
            json.writeEndArray();
        } else {
            json.writeString(value.toString());
        }
    }

    /** Whole seconds without a fraction; what is no number as null, because JSON has no word for it. */
    private static void writeDecimal(JsonGenerator json, double number) throws IOException {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            json.writeNull();
        } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            json.writeNumber((long) number);
        } else {
            json.writeNumber(number);
        }
    }
}
