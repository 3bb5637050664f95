/**
 * Shell: shows the agent's meters to Prometheus, on a loopback port or in a file for node_exporter. Only the agent starts it.
 */
@NullMarked
package postwarden.producer.metrics;

import org.jspecify.annotations.NullMarked;
