/** Shell: the command line. */
@NullMarked
package postwarden.cli;

import org.jspecify.annotations.NullMarked;
