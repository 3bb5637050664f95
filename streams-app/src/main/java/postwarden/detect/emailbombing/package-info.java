/** Core 5: a mailbox that is buried under mail from everywhere. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.emailbombing;

import org.jspecify.annotations.NullMarked;
