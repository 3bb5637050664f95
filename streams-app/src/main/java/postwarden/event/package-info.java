/** Core 1: the vocabulary, what one log line becomes. Depends on nothing; everything may depend on it. */
@NullMarked
package postwarden.event;

import org.jspecify.annotations.NullMarked;
