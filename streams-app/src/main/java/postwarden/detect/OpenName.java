package postwarden.detect;

import java.util.Comparator;

/**
 * Which of a key's findings goes on.
 *
 * @param host on which; empty for all together
 * @param about see {@link Finding#about}
 */
record OpenName(String detector, String host, String about) implements Comparable<OpenName> {
    private static final Comparator<OpenName> ORDER = Comparator.comparing(OpenName::detector)
            .thenComparing(OpenName::host)
            .thenComparing(OpenName::about);

    @Override
    public int compareTo(OpenName other) {
        return ORDER.compare(this, other);
    }
}
