/** The lines of Pure-FTPd. Depends on rule. */
@NullMarked
package postwarden.parse.pureftpd;

import org.jspecify.annotations.NullMarked;
