/** Core 5: more different names than people have. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.cardinality;

import org.jspecify.annotations.NullMarked;
