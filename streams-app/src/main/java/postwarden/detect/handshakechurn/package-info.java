/** Core 5: sessions that end before a message, of many clients. Only Detectors depends on it. */
@NullMarked
package postwarden.detect.handshakechurn;

import org.jspecify.annotations.NullMarked;
