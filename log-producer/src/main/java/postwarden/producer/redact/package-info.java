/**
 * Core: cuts passwords and what can be turned back into them out of a line's bytes, before the line becomes a record. What is cut, and
 * from whose lines, is the table {@link postwarden.producer.redact.Secrets}. Used by {@code follow} and by the application's command
 * line; knows only Java.
 */
@NullMarked
package postwarden.producer.redact;

import org.jspecify.annotations.NullMarked;
