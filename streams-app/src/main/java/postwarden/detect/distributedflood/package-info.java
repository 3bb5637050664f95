/** Core 5: many clients that take a host's connections together. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.distributedflood;

import org.jspecify.annotations.NullMarked;
