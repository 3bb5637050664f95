package postwarden.serve.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do; each of the first three may do what those before it may. */
public enum Role {
    /** Asks. */
    READER,
    /** Decides about incidents too. */
    OPERATOR,
    /** Reads the stores too. */
    ADMIN,
    /** Another instance: asks what only instances are told, and nothing else. */
    PEER;

    /** The role that a list or a token names. */
    public static Optional<Role> of(String name) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(name))
                .findFirst();
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it may do what {@code needed} may. */
    public boolean covers(Role needed) {
        return (this == PEER || needed == PEER) ? this == needed : compareTo(needed) >= 0;
    }
}
