/**
 * Shell: the systemd journal, read through {@code journalctl} as a child process. Turns entries into lines as syslog would have written
 * them, and knows nothing of Kafka or checkpoints; {@code follow} uses it.
 */
@NullMarked
package postwarden.producer.journal;

import org.jspecify.annotations.NullMarked;
