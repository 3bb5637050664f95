/**
 * The log producer against everything that may happen to its logs, its host and its brokers: as a process of its own, with three brokers
 * behind certificates and access lists, and one oracle that knows every byte that was ever written.
 */
@NullMarked
package postwarden.e2e.producer;

import org.jspecify.annotations.NullMarked;
