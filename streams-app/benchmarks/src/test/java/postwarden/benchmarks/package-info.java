/** Tests of the loads: a benchmark over lines that nobody recognises would measure nothing. */
@NullMarked
package postwarden.benchmarks;

import org.jspecify.annotations.NullMarked;
