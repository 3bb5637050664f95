/** The lines of vsftpd. Depends on rule. */
@NullMarked
package postwarden.parse.vsftpd;

import org.jspecify.annotations.NullMarked;
