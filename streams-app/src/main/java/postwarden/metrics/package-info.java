/**
 * Shell: shows the service's meters, its process's and Kafka's to Prometheus, on a port of their own. Only the command line starts it; the
 * port itself is the log producer's.
 */
@NullMarked
package postwarden.metrics;

import org.jspecify.annotations.NullMarked;
