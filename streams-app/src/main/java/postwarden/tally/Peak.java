package postwarden.tally;

/** What is measured by its highest value; merging keeps the higher. */
public enum Peak {
    /** Sessions open at once, rebuilt from connects and disconnects or as the daemon states. */
    CONCURRENCY(1, "peakConcurrency"),
    /** The limit that a daemon says was reached. */
    LIMIT_VALUE(2, "limitValue"),
    /** Load average that a daemon states, in hundredths. */
    LOAD_HUNDREDTHS(3, "loadHundredths"),
    /** Attempts that one message has had, by queue id. */
    ATTEMPTS_PER_MESSAGE(4, "peakAttemptsPerMessage"),
    /** Seconds from arrival to an attempt. */
    DELAY_SECONDS(5, "peakDelaySeconds"),
    /** Outbound sessions to the destination that were open at once while all answers were good. */
    GOOD_CONCURRENCY(6, "peakGoodConcurrency"),
    /** Sessions of one and the same client that were open at once on the server. */
    ONE_CLIENT(100, "peakOneClient");

    private final int id;
    private final String measure;

    Peak(int id, String measure) {
        this.id = id;
        this.measure = measure;
    }

    /** Stable number for stores and topics, >= 1; never reused. */
    public int id() {
        return id;
    }

    /** Name in alerts and in the query API. */
    public String measure() {
        return measure;
    }
}
