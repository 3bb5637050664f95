/** The lines of ProFTPD. Depends on rule. */
@NullMarked
package postwarden.parse.proftpd;

import org.jspecify.annotations.NullMarked;
