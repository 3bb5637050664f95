/** Core 5: what one account sends, sign by sign: a burst, a fan-out, recipients that do not exist, a script. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.sending;

import org.jspecify.annotations.NullMarked;
