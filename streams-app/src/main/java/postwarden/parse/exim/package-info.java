/** The lines of Exim and of cPanel around it. Depends on rule and reply. */
@NullMarked
package postwarden.parse.exim;

import org.jspecify.annotations.NullMarked;
