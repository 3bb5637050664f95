/** Wiring: how core values cross topics and outlive a process; the only place that sees generated Avro classes. */
@NullMarked
package postwarden.stream.codec;

import org.jspecify.annotations.NullMarked;
