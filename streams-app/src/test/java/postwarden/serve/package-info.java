/** The API over real sockets, with two instances in one process over answers that are plain data. */
@NullMarked
package postwarden.serve;

import org.jspecify.annotations.NullMarked;
