/** Tests of the evaluation. */
@NullMarked
package postwarden.evaluate;

import org.jspecify.annotations.NullMarked;
