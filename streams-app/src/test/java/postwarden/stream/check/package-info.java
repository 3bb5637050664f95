/** What a start looks at, without a cluster; with one, see {@code deploy/e2e}. */
@NullMarked
package postwarden.stream.check;

import org.jspecify.annotations.NullMarked;
