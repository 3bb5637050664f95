/** A Kafka broker within this process. Only what stands in {@code postwarden.local} may start one. */
@NullMarked
package postwarden.local.broker;

import org.jspecify.annotations.NullMarked;
