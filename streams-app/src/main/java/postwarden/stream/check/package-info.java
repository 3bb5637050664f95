/**
 * Wiring: whether the cluster, its topics and what an earlier version left there can keep the promises; asked before the
 * topology starts. Knows {@code stream}; only the command line knows it.
 */
@NullMarked
package postwarden.stream.check;

import org.jspecify.annotations.NullMarked;
