/** Shell: the commands. May use everything; nothing uses it but Main. */
@NullMarked
package postwarden.cli;

import org.jspecify.annotations.NullMarked;
