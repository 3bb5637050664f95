/** Wiring: the same core objects over files, in memory, without Kafka. */
@NullMarked
package postwarden.scan;

import org.jspecify.annotations.NullMarked;
