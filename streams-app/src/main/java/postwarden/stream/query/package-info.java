/**
 * Wiring: answers questions ({@code postwarden.ask}) from the stores of the running topology, through what Kafka Streams lets
 * others read, and never through what a stream thread works on. The shell may depend on it.
 */
@NullMarked
package postwarden.stream.query;

import org.jspecify.annotations.NullMarked;
