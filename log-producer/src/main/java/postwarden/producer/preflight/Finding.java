package postwarden.producer.preflight;

/**
 * Something that an operator should know before lines are sent.
 *
 * @param weight what it means
 * @param about which topic, registry, file or setting
 * @param what what is the matter, why it matters and what to do, in one sentence
 */
public record Finding(Weight weight, String about, String what) {
    /** What a finding means. */
    public enum Weight {
        /** Lines would not arrive, or not be understood. */
        WRONG,
        /** Acknowledged lines could be lost; accepted with {@code dev} only. */
        UNSAFE,
        /** Worth knowing. */
        NOTE
    }

    /** Whether it stands in the way. */
    public boolean refuses(boolean dev) {
        return weight == Weight.WRONG || (weight == Weight.UNSAFE && !dev);
    }

    @Override
    public String toString() {
        return about + ": " + what;
    }
}
