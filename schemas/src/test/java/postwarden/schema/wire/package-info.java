/** Tests of the wire format. */
@NullMarked
package postwarden.schema.wire;

import org.jspecify.annotations.NullMarked;
