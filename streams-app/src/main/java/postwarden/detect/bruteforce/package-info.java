/** Core 5: one client that guesses passwords. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.bruteforce;

import org.jspecify.annotations.NullMarked;
