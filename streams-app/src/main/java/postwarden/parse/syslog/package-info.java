/** The lines of the logging system itself. Depends on rule. */
@NullMarked
package postwarden.parse.syslog;

import org.jspecify.annotations.NullMarked;
