/** The lines of Postfix, all its processes. Depends on rule and reply. */
@NullMarked
package postwarden.parse.postfix;

import org.jspecify.annotations.NullMarked;
