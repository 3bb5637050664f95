package postwarden.tally;

/**
 * The entity that a tally is about.
 *
 * @param tenant whose it is
 * @param name canonical: lower case for accounts, senders and domains; an address or network for clients
 */
public record Key(String tenant, Watch watch, String name) {}
