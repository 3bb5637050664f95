/**
 * The agent on a mail host: tails logs into Kafka. Here it is as one object ({@link postwarden.producer.Agent}), which another process
 * may start too, and its command line. No package of the agent but {@code config} and {@code command} depends on it.
 */
@NullMarked
package postwarden.producer;

import org.jspecify.annotations.NullMarked;
