/** Schemas by id and by subject: what a registry holds, how it is asked, and how ours are put there. */
@NullMarked
package postwarden.schema.registry;

import org.jspecify.annotations.NullMarked;
