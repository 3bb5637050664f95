/** Core 5: an account that is logged in to from too many places. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.loginfanout;

import org.jspecify.annotations.NullMarked;
