package postwarden.stream.codec;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A value's stored form, both ways.
 *
 * @param encode gives the bytes
 * @param decode gives the value; throws {@link IllegalArgumentException} when the bytes are not one
 */
public record Codec<T>(Function<T, byte[]> encode, Function<byte[], T> decode) {
    public static final Codec<String> TEXT = new Codec<>(
            text -> text.getBytes(StandardCharsets.UTF_8), bytes -> new String(bytes, StandardCharsets.UTF_8));
}
