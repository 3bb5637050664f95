package postwarden.tally;

/** What is watched: the kinds of entity that tallies are kept for. */
public enum Watch {
    /** One of our hosts. */
    SERVER(1),
    /** Who connects to us: an IPv4 address or an IPv6 /64. */
    CLIENT(2),
    /** Who logs in or submits. */
    ACCOUNT(3),
    /** An envelope sender. */
    SENDER(4),
    /** A domain that we deliver to. */
    DESTINATION(5);

    private final int id;

    Watch(int id) {
        this.id = id;
    }

    /** Stable number for stores and topics; never reused. */
    public int id() {
        return id;
    }

    /** Whether it is of those whose messages these are. */
    boolean isOfWhoSends() {
        return this == ACCOUNT || this == SENDER;
    }

    /** The watch with this number. @throws IllegalArgumentException when there is none */
    public static Watch of(int id) {
        for (Watch watch : values()) {
            if (watch.id == id) {
                return watch;
            }
        }
        throw new IllegalArgumentException("no watch has the number " + id);
    }
}
