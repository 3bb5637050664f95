/** Certificates for tests. */
@NullMarked
package postwarden.tls;

import org.jspecify.annotations.NullMarked;
