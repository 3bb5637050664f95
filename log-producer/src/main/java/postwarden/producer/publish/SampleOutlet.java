package postwarden.producer.publish;

/** Where samples go: the border between measuring and Kafka. For any thread. */
@FunctionalInterface
public interface SampleOutlet {
    /**
     * Sends a sample, or lets it go: one that cannot be sent now is counted and never offered again, because it is about now.
     *
     * @param sample what to send
     */
    void send(Sample sample);
}
