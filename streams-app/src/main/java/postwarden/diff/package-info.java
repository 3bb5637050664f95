/** Core: two histories of alerts over the same lines, held against each other. Pure; knows detectors and incidents only. */
@NullMarked
package postwarden.diff;

import org.jspecify.annotations.NullMarked;
