/** Core 5: what a control panel says about an account's own limits. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.panellimit;

import org.jspecify.annotations.NullMarked;
