/** Tests of the registry and its client. */
@NullMarked
package postwarden.schema.registry;

import org.jspecify.annotations.NullMarked;
