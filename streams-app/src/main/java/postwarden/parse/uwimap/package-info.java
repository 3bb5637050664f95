/** The lines of UW-IMAP, the servers of the University of Washington. Depends on rule. */
@NullMarked
package postwarden.parse.uwimap;

import org.jspecify.annotations.NullMarked;
