/** Core 5: one client that holds a host's slots and does nothing. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.slothoarding;

import org.jspecify.annotations.NullMarked;
