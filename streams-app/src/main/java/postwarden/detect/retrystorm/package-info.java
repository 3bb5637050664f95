/** Core 5: retries that outgrow the messages they are for. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.retrystorm;

import org.jspecify.annotations.NullMarked;
