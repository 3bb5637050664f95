/** A schema registry within this process, for a laptop and for tests; anything bigger uses a real one. */
@NullMarked
package postwarden.local.registry;

import org.jspecify.annotations.NullMarked;
