/** The lines of the Cyrus IMAP server. Depends on rule. */
@NullMarked
package postwarden.parse.cyrus;

import org.jspecify.annotations.NullMarked;
