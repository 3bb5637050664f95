/** Shell: what an operator types, and the signal that makes a running agent read its configuration again. Only {@code Main} names it. */
@NullMarked
package postwarden.producer.command;

import org.jspecify.annotations.NullMarked;
