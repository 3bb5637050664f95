/** Core 5: many addresses that guess one account's password. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.distributedbruteforce;

import org.jspecify.annotations.NullMarked;
