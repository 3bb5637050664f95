/**
 * Shell: shows a program's meters to Prometheus, on a port or in a file for node_exporter. Only the agent starts it, and the service its
 * port and the meters of its process.
 */
@NullMarked
package postwarden.producer.metrics;

import org.jspecify.annotations.NullMarked;
