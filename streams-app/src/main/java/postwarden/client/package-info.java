/** Shell: asks a running service over its HTTP API. Knows no record of the service's, only its JSON. */
@NullMarked
package postwarden.client;

import org.jspecify.annotations.NullMarked;
