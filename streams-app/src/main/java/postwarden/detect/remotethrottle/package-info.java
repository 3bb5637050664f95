/** Core 5: a destination that refuses us for now. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.remotethrottle;

import org.jspecify.annotations.NullMarked;
