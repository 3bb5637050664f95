/** Core 5: an account in a thief's hands. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.compromisedaccount;

import org.jspecify.annotations.NullMarked;
