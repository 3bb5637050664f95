package postwarden.producer.receive;

/** Takes the messages that a {@link Framing} finds. The border between bytes and the spool. */
@FunctionalInterface
interface MessageSink {
    /**
     * Takes one message, and waits while there is no room.
     *
     * @param bytes holds the message; lent
     * @param length of the message, in bytes
     * @param cut whether more of it came than is taken
     * @throws InterruptedException when the agent stops meanwhile
     */
    void message(byte[] bytes, int length, boolean cut) throws InterruptedException;
}
