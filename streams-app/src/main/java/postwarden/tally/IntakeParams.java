package postwarden.tally;

import java.time.Duration;

/**
 * Settings of the intake.
 *
 * @param lateness how much older than its host's newest line a line may be and still be in time, 0 s to 10 min; default 5 s:
 *     daemons of one host write through one logger, whose queues empty within a second or two even under load
 * @param leap how far a single line may move its host's clock forward, 1 min to 1 d; default 1 h: a quiet host's next line
 *     is often minutes away, a wrong year or zone is an hour or more
 * @param patience how long bytes of a file may be missing although later ones came, by the producer's own time, 10 s to 1 h;
 *     default 2 min: a producer that lost a batch sends it again within seconds, or within a minute after it was started again
 * @param seasoned how long a host must have been watched, silences longer than {@code leap} left out, before an account that it
 *     had not seen is one that nobody used, 1 h to 30 d; default 3 d: longer than a weekend
 * @param remember how long the bytes of a file that has not grown are remembered, so that they count once, 1 d to 400 d, in whole days;
 *     default 35 d: longer than logs are kept on a host, or brokers are away
 */
public record IntakeParams(Duration lateness, Duration leap, Duration patience, Duration seasoned, Duration remember) {
    public static final IntakeParams STANDARD = new IntakeParams(
            Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofMinutes(2), Duration.ofDays(3), Duration.ofDays(35));

    public IntakeParams {
        if (lateness.isNegative() || lateness.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("intake.lateness must be 0 s to 10 min, not " + lateness);
        }
        if (leap.compareTo(Duration.ofMinutes(1)) < 0 || leap.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("intake.leap must be 1 min to 1 d, not " + leap);
        }
        if (patience.compareTo(Duration.ofSeconds(10)) < 0 || patience.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("intake.patience must be 10 s to 1 h, not " + patience);
        }
        if (seasoned.compareTo(Duration.ofHours(1)) < 0 || seasoned.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("intake.seasoned must be 1 h to 30 d, not " + seasoned);
        }
        if (remember.compareTo(Duration.ofDays(1)) < 0 || remember.compareTo(Duration.ofDays(400)) > 0) {
            throw new IllegalArgumentException("intake.remember must be 1 d to 400 d, not " + remember);
        }
    }
}
