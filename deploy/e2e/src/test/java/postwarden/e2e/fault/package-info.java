/** The fault matrix: what may go wrong around a running service, and that nothing of what a SOC reads shows it. */
@NullMarked
package postwarden.e2e.fault;

import org.jspecify.annotations.NullMarked;
