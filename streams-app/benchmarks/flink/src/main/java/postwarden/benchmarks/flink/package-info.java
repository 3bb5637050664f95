/** The contestant on Apache Flink; started by the fleet benchmark as a process of its own. */
@NullMarked
package postwarden.benchmarks.flink;

import org.jspecify.annotations.NullMarked;
