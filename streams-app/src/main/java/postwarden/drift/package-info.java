/**
 * Core: groups the lines that no rule knew into templates, so that a daemon whose words have changed is seen. Between {@code correlate}
 * and {@code tally}; knows events, and the producer's table of secrets.
 */
@NullMarked
package postwarden.drift;

import org.jspecify.annotations.NullMarked;
