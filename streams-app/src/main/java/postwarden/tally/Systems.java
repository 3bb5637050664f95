package postwarden.tally;

/**
 * The systems that addresses belong to: autonomous systems (RFC 1930) where a database of them is at hand, else wide prefixes,
 * which are an approximation: a provider has several, and a prefix may be divided among several. One person's devices are in
 * few systems however often their addresses change; thieves and guessers that rent machines are in many.
 */
@FunctionalInterface
public interface Systems {
    /** The /16 of an IPv4 address, the /32 of an IPv6 address. */
    Systems PREFIXES = Networks::provider;

    /**
     * The system of an address; always the same for the same address.
     *
     * @param ip in canonical spelling
     * @return a name such as AS64500, or a prefix; empty for what is no address
     */
    String of(String ip);
}
