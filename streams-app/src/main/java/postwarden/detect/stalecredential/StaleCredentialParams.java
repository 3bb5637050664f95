package postwarden.detect.stalecredential;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code stale-credential}.
 *
 * @param window in which an account is looked at, 5 min to 1 h; default 30 min (detectors.md A4)
 * @param failures refused credentials in it, 2 to 10,000; default 5 (detectors.md A4), all with one password as far as they
 *     are logged
 * @param unknownFailures the same where no password is logged and the timing must tell, 2 to 10,000; default 8
 * @param lasting how long it must have gone on, 1 min to 1 h; default 15 min: a person who mistypes gives up
 * @param sources addresses that never logged in as the account and may be refused, 0 to 60; default 2: a device moves
 * @param devicePerMinute refused logins a minute up to which something as regular as a timer is a device, 1 to 600; default 6
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5
 */
public record StaleCredentialParams(
        Duration window,
        int failures,
        int unknownFailures,
        Duration lasting,
        int sources,
        double devicePerMinute,
        double openFactor) {
    public StaleCredentialParams {
        Range.check("window", window, Duration.ofMinutes(5), Duration.ofHours(1));
        Range.check("failures", failures, 2, 10_000);
        Range.check("unknownFailures", unknownFailures, 2, 10_000);
        Range.check("lasting", lasting, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("sources", sources, 0, 60);
        Range.check("devicePerMinute", devicePerMinute, 1, 600);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static StaleCredentialParams defaults() {
        return new StaleCredentialParams(Duration.ofMinutes(30), 5, 8, Duration.ofMinutes(15), 2, 6, 0.5);
    }
}
