package postwarden.detect.pollingclient;

import postwarden.detect.reading.Range;

/**
 * Settings of {@code polling-client}.
 *
 * @param loginsPerHour logins of one account from one address in an hour, 4 to 100,000; default 30: one every two minutes
 *     (signals.md, D74); programs are set to five minutes and more, and IDLE needs none
 * @param accounts accounts behind the address up to which an average says something about a program, 1 to 1000; default 5: more
 *     are an office or a webmail server, where each click is a login
 * @param steadiness share of its part that each ten minutes of the hour must have, 0 to 1; default 0.5: a morning's burst is no
 *     timer
 * @param openFactor share of the floor that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record PollingClientParams(int loginsPerHour, int accounts, double steadiness, double openFactor) {
    public PollingClientParams {
        Range.check("loginsPerHour", loginsPerHour, 4, 100_000);
        Range.check("accounts", accounts, 1, 1000);
        Range.check("steadiness", steadiness, 0, 1);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static PollingClientParams defaults() {
        return new PollingClientParams(30, 5, 0.5, 0.5);
    }
}
