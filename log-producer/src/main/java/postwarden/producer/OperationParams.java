package postwarden.producer;

import postwarden.producer.metrics.MetricsParams;

/**
 * How an agent is operated.
 *
 * @param dev whether a cluster is accepted that could lose acknowledged lines: fewer than three copies, or fewer than two in sync
 * @param metrics where its meters are shown
 * @param status whether it tells its status at a socket in its state directory
 */
public record OperationParams(boolean dev, MetricsParams metrics, boolean status) {
    /** An agent inside another process, which decides itself what it runs against and shows what it wants. */
    public static final OperationParams EMBEDDED = new OperationParams(true, MetricsParams.nowhere(), false);
}
