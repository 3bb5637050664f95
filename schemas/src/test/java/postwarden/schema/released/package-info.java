/** Tests that hold the schemas against their released versions. */
@NullMarked
package postwarden.schema.released;

import org.jspecify.annotations.NullMarked;
