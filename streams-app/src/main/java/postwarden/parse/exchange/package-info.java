/** The lines of Microsoft Exchange Server's logs. Depends on rule and reply. */
@NullMarked
package postwarden.parse.exchange;

import org.jspecify.annotations.NullMarked;
