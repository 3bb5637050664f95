/** Tests of the API that need a broker. */
@NullMarked
package postwarden.local.serve;

import org.jspecify.annotations.NullMarked;
