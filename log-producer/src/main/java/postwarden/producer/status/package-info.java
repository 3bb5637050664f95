/**
 * Shell: how far behind each file is, and what the agent tells of itself: over a socket in its state directory while it runs, out of its
 * last checkpoint when it does not. Knows open files and checkpoints; the agent, its metrics and the command line use it.
 */
@NullMarked
package postwarden.producer.status;

import org.jspecify.annotations.NullMarked;
