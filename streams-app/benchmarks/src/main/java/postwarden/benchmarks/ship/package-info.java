/** What brings a log into Kafka, side by side: one file, one broker, acks=all, each as its users run it; and what ours costs at rest. Nothing depends on it. */
@NullMarked
package postwarden.benchmarks.ship;

import org.jspecify.annotations.NullMarked;
