package postwarden.ask;

/**
 * One instance.
 *
 * @param address {@code host:port} at which it answers its peers; empty where it has none
 * @param self whether it is the instance that was asked
 * @param activeParts parts of states that it counts
 * @param standbyParts parts of which it keeps a copy
 */
public record Member(String address, boolean self, int activeParts, int standbyParts) {}
