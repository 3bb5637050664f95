package postwarden.tally;

/**
 * The last word that came from a producer about one of its hosts.
 *
 * @param reporter the producer; empty where nobody gives it
 * @param heard when Kafka took it, milliseconds since 1970; {@link Long#MIN_VALUE} for none
 * @param quiet whether nothing has come since although all that there is was read, for as long as makes it silence
 */
public record Word(String reporter, long heard, boolean quiet) {
    public static final Word NONE = new Word("", Long.MIN_VALUE, false);

    public boolean isNone() {
        return heard == Long.MIN_VALUE;
    }
}
