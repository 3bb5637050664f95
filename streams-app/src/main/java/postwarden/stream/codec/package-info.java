/** Wiring: what the core remembers and says, as bytes. Generated Avro classes stay in here. */
@NullMarked
package postwarden.stream.codec;

import org.jspecify.annotations.NullMarked;
