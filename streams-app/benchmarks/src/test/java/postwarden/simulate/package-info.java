/** Tests of the simulator. */
@NullMarked
package postwarden.simulate;

import org.jspecify.annotations.NullMarked;
