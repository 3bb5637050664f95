/** Core 5: why a destination puts us off, and what to do about each cause. The detectors of outbound trouble depend on it. */
@NullMarked
package postwarden.detect.remote;

import org.jspecify.annotations.NullMarked;
