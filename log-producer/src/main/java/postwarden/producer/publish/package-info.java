/**
 * Wiring: what was read, as Avro records in Kafka. Knows the core's headers; the shell hands it what it read through {@link
 * postwarden.producer.publish.Outlet}, and what it measured through {@link postwarden.producer.publish.SampleOutlet}.
 */
@NullMarked
package postwarden.producer.publish;

import org.jspecify.annotations.NullMarked;
