package postwarden.ask;

import java.util.List;

/**
 * How an instance is.
 *
 * @param state of Kafka Streams: CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR or ERROR
 * @param live whether it works or may work again by itself
 * @param ready whether it answers for all the parts that it was given
 * @param restoring what is still read from changelogs; empty when nothing is
 */
public record Health(String state, boolean live, boolean ready, List<Restoring> restoring) {
    public Health {
        restoring = List.copyOf(restoring);
    }

    /** One part of a store; {@code done} and {@code total} are records of its changelog. */
    public record Restoring(String store, int partition, long done, long total) {}
}
