package postwarden.producer.publish;

/** Where records go: the border between reading and Kafka. */
@FunctionalInterface
public interface Outlet {
    /**
     * Whether more records of a host are welcome: where they stand still on their way to Kafka and others' do not, they are to wait where
     * they are. {@link #send} takes them all the same.
     */
    default boolean hasRoom(String host) {
        return true;
    }

    /** Notes that nothing could be read for so long, because there was no room. */
    default void waited(long nanos) {}

    /**
     * Takes one record, in its order; waits while too much is unacknowledged or Kafka cannot be reached.
     *
     * @param record what to send; its text is only good until this returns
     * @param acknowledged run once, on any thread, when every in-sync replica has it
     * @return false when the agent is stopping and the record was not taken
     */
    boolean send(Outgoing record, Runnable acknowledged);
}
