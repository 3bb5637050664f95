/** Shell: keys and certificates of this instance's ports, for the API and for the metrics. */
@NullMarked
package postwarden.tls;

import org.jspecify.annotations.NullMarked;
