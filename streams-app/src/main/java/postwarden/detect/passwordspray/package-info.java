/** Core 5: many clients that try a few passwords on many accounts. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.passwordspray;

import org.jspecify.annotations.NullMarked;
