package postwarden.stream;

import java.util.Optional;
import postwarden.tally.Unpacker;

/** A value's bytes, alone or within a larger array that nobody changes, such as a journal's record. */
final class Slice {
    /** Of no value: it was removed, or nobody has written it. */
    static final Slice NOTHING = new Slice(new byte[0], 0);

    private static final int WHOLE = -1;

    private final byte[] array;
    private final int at;

    private Slice(byte[] array, int at) {
        this.array = array;
        this.at = at;
    }

    /** An array that is the value alone. */
    static Slice of(byte[] value) {
        return new Slice(value, WHOLE);
    }

    /** @param at where the value's length stands, which its bytes follow */
    static Slice within(byte[] array, int at) {
        return new Slice(array, at);
    }

    boolean isNothing() {
        return this == NOTHING;
    }

    /** The value alone: a copy, unless it stands alone already. */
    Optional<byte[]> value() {
        if (isNothing()) {
            return Optional.empty();
        }
        return Optional.of(at == WHOLE ? array : new Unpacker(array, at).bytes());
    }
}
