package postwarden.simulate;

/**
 * Who connects.
 *
 * @param name reverse DNS name; {@code unknown} where there is none
 * @param ip address
 */
record Client(String name, String ip) {
    /** Somebody whose address has no name. */
    static Client unknown(String ip) {
        return new Client("unknown", ip);
    }

    boolean hasName() {
        return !name.equals("unknown");
    }

    /** As Postfix writes it. */
    @Override
    public String toString() {
        return name + "[" + ip + "]";
    }
}
