/** Core 5: a device with an old password. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.stalecredential;

import org.jspecify.annotations.NullMarked;
