/** Benchmarks of the parts and of the whole; nothing depends on them. */
@NullMarked
package postwarden.benchmarks;

import org.jspecify.annotations.NullMarked;
