/** The lines of Sendmail. Depends on rule and reply. */
@NullMarked
package postwarden.parse.sendmail;

import org.jspecify.annotations.NullMarked;
