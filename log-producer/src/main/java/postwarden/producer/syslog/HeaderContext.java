package postwarden.producer.syslog;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * What a header does not say and only its host knows.
 *
 * @param host name for lines whose form carries none (Exim's own log, Dovecot's own log); not empty
 * @param zone the host's zone, for stamps without an offset
 * @param now when the lines are read, or the file's last change; a stamp without a year belongs to the latest year that does not
 *     put it more than one day behind this instant
 */
public record HeaderContext(String host, ZoneId zone, Instant now) {
    public HeaderContext {
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(now, "now");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the host's name is empty");
        }
    }
}
