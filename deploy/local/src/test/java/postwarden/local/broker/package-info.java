/** Tests of the broker within this process. */
@NullMarked
package postwarden.local.broker;

import org.jspecify.annotations.NullMarked;
