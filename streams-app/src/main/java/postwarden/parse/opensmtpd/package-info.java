/** The lines of OpenSMTPD. Depends on rule and reply. */
@NullMarked
package postwarden.parse.opensmtpd;

import org.jspecify.annotations.NullMarked;
