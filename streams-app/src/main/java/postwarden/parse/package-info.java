/** Core 2: line to event; one rule list a daemon, read top to bottom. Depends on event only. */
@NullMarked
package postwarden.parse;

import org.jspecify.annotations.NullMarked;
