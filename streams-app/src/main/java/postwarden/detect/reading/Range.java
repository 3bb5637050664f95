package postwarden.detect.reading;

import java.time.Duration;

/** Checks of settings: a value outside of its range names the setting, the value and the range. */
public final class Range {
    private Range() {}

    /** @throws IllegalArgumentException when {@code value} is not from {@code least} to {@code most} */
    public static void check(String setting, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(setting + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    /** @throws IllegalArgumentException when {@code value} is not from {@code least} to {@code most} */
    public static void check(String setting, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(setting + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
