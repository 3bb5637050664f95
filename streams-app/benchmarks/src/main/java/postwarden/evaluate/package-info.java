/** Holds what detectors say against what truly happened in a simulated fleet, and beside it what others' fixed rules say. */
@NullMarked
package postwarden.evaluate;

import org.jspecify.annotations.NullMarked;
