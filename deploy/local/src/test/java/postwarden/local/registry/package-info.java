/** Tests of the registry within this process. */
@NullMarked
package postwarden.local.registry;

import org.jspecify.annotations.NullMarked;
