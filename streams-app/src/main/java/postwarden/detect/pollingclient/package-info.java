/** Core 5: a mail program that asks for new mail too often. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.pollingclient;

import org.jspecify.annotations.NullMarked;
