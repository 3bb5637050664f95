/**
 * Wiring: looks before lines are sent. Whether the topic keeps what it acknowledges, whether this agent may write it, and whether the
 * registry knows its schema; every question ends within seconds. The agent asks before its first line, {@code check} whenever an operator
 * wants to know.
 */
@NullMarked
package postwarden.producer.preflight;

import org.jspecify.annotations.NullMarked;
