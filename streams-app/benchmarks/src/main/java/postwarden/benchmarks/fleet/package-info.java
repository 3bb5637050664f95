/** The whole benchmark: contestants in processes of their own, over a broker in another; nothing depends on it. */
@NullMarked
package postwarden.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
