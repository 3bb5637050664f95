/** Core 5: a stranger who logs in after guessing. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.loginafterfailures;

import org.jspecify.annotations.NullMarked;
