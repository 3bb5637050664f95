/** The lines of Dovecot. Depends on rule and reply. */
@NullMarked
package postwarden.parse.dovecot;

import org.jspecify.annotations.NullMarked;
