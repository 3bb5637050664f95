/** Everything in one process: broker, registry, producer and service, for a first look, a laptop, a test. */
@NullMarked
package postwarden.local;

import org.jspecify.annotations.NullMarked;
