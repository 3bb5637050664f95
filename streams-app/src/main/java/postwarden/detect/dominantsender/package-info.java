/** Core 5: one sender whose deliveries crowd out a host's others. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.dominantsender;

import org.jspecify.annotations.NullMarked;
