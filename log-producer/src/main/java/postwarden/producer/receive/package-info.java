/**
 * Shell: lines that daemons send over TCP or TLS in the framings of syslog, and the spool on disk that they stand in until Kafka has
 * them. Knows nothing of Kafka or checkpoints; {@code follow} reads the spool.
 */
@NullMarked
package postwarden.producer.receive;

import org.jspecify.annotations.NullMarked;
