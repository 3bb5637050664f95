/**
 * The HTTP API, the console's files and the stream of alerts: asks {@code postwarden.ask.Answers} for what this instance
 * holds and peers for the rest. Knows the wiring's topics; only the command line starts it.
 */
@NullMarked
package postwarden.serve;

import org.jspecify.annotations.NullMarked;
