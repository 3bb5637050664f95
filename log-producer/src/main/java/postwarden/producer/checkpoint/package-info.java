/**
 * Shell: how far each file is safely in Kafka, in memory and on disk. Knows the core's identities and nothing of reading or Kafka;
 * {@code follow} and the agent use it.
 */
@NullMarked
package postwarden.producer.checkpoint;

import org.jspecify.annotations.NullMarked;
