package postwarden.detect;

/**
 * How many keys of one watch are watched one by one, and what became of others since the start.
 *
 * @param keys there now
 * @param forgotten after a long silence
 * @param evicted for others that came more often
 * @param turnedAway tallies of keys for which there was no room
 */
public record Census(long keys, long forgotten, long evicted, long turnedAway) {}
