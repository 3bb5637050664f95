/** End to end: real broker, real registry, producer and service as their users run them, also when they are killed. */
@NullMarked
package postwarden.e2e;

import org.jspecify.annotations.NullMarked;
