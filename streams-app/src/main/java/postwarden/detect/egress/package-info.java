/** Core 5: a host's own way out and its name with others, told apart from what single destinations do. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.egress;

import org.jspecify.annotations.NullMarked;
