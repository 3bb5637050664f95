/** Alerts as they come: one reader of the alert topic for all that listen here, and their way back to what they missed. */
@NullMarked
package postwarden.serve.live;

import org.jspecify.annotations.NullMarked;
