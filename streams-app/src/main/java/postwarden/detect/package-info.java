/** Core 5: windows to findings about one key; a package a detector. Depends on tally and below. */
@NullMarked
package postwarden.detect;

import org.jspecify.annotations.NullMarked;
