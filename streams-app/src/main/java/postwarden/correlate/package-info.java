/** Core 3: what only a neighbouring line knows, by queue id, session and pid. Depends on event and parse. */
@NullMarked
package postwarden.correlate;

import org.jspecify.annotations.NullMarked;
