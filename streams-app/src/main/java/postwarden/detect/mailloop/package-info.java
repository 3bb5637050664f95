/** Core 5: messages that go in circles through a host. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.mailloop;

import org.jspecify.annotations.NullMarked;
