package postwarden.serve;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import postwarden.serve.wire.Json;

/** An answer, whole in memory: so it has a tag, may be packed, and is never half of one. */
// Nobody compares two of them.
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, String type, byte[] body) {
    static final String JSON = "application/json";

    /** Below this a packet has room for it as it is. */
    private static final int WORTH_PACKING = 1024;

    private static final String PACKED = "-gzip";

    static Reply json(Object value) {
        return new Reply(200, JSON, Json.bytes(value));
    }

    /** Writes it, or that the caller has it already. */
    void write(Context context) {
        boolean packed = body.length >= WORTH_PACKING && wantsGzip(context.header("Accept-Encoding"));
        context.header("Vary", "Accept-Encoding, Authorization");
        context.status(status);
        if (status == 200) {
            String tag = Tag.of(body);
            context.header("ETag", "\"" + tag + (packed ? PACKED : "") + "\"");
            if (has(context.header("If-None-Match"), tag)) {
                context.status(304);
                return;
            }
        }
        context.contentType(type);
        if (packed) {
            context.header("Content-Encoding", "gzip");
        }
        context.result(packed ? gzip(body) : body);
    }

    private static boolean wantsGzip(@Nullable String accepted) {
        return Arrays.stream(Optional.ofNullable(accepted)
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .split(","))
                .map(String::strip)
                .anyMatch(
                        one -> one.equals("gzip") || (one.startsWith("gzip;") && !one.matches("gzip;\\s*q=0(\\.0*)?")));
    }

    /** Both forms of it are the same to one who has either. */
    private static boolean has(@Nullable String tags, String tag) {
        return Arrays.stream(Optional.ofNullable(tags).orElse("").split(","))
                .map(String::strip)
                .anyMatch(one ->
                        one.equals("*") || one.equals("\"" + tag + "\"") || one.equals("\"" + tag + PACKED + "\""));
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return packed.toByteArray();
    }
}
