/** Core 5: one client that takes a host's connections. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.connectionflood;

import org.jspecify.annotations.NullMarked;
