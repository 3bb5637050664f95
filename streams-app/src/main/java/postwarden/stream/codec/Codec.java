package postwarden.stream.codec;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Function;
import postwarden.tally.Packer;

/**
 * A value's stored form, both ways.
 *
 * @param write writes the bytes behind what is written already
 * @param decode gives the value; throws {@link IllegalArgumentException} when the bytes are not one
 */
public record Codec<T>(BiConsumer<T, Packer> write, Function<byte[], T> decode) {
    public static final Codec<String> TEXT =
            ofBytes(text -> text.getBytes(StandardCharsets.UTF_8), bytes -> new String(bytes, StandardCharsets.UTF_8));

    /** Of what is made as bytes. */
    public static <T> Codec<T> ofBytes(Function<T, byte[]> encode, Function<byte[], T> decode) {
        return new Codec<>((value, out) -> out.raw(encode.apply(value)), decode);
    }

    /** The bytes alone. */
    public byte[] encode(T value) {
        Packer out = new Packer();
        write.accept(value, out);
        return out.packed();
    }
}
