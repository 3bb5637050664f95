/**
 * What engineers and the console may ask of a running service, and the answers: plain values, of which those of several
 * instances can be joined to one. Knows the core; {@code stream} answers from its stores, {@code serve} asks over HTTP.
 */
@NullMarked
package postwarden.ask;

import org.jspecify.annotations.NullMarked;
