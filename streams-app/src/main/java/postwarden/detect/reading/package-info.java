/** Core 5: how detectors read a view: persistence, novelty, evidence, and numbers as text. Detectors depend on it, nothing else does. */
@NullMarked
package postwarden.detect.reading;

import org.jspecify.annotations.NullMarked;
