/** The lines of Courier: its IMAP, POP3 and ESMTP servers, its deliveries and its authentication. Depends on rule and reply. */
@NullMarked
package postwarden.parse.courier;

import org.jspecify.annotations.NullMarked;
