package postwarden.detect.reading;

import java.time.Duration;

/** Checks of settings: a value outside of its range names the setting, the value and the range. */
public final class Range {
    private Range() {}

    /** @throws IllegalArgumentException when {@code value} is not from {@code least} to {@code most} */
    public static void check(String setting, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw refused(setting, words(value), words(least), words(most));
        }
    }

    /** @throws IllegalArgumentException when {@code value} is not from {@code least} to {@code most} */
    public static void check(String setting, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw refused(setting, words(value), words(least), words(most));
        }
    }

    private static IllegalArgumentException refused(String setting, String value, String least, String most) {
        return new IllegalArgumentException(setting + " must be from " + least + " to " + most + ", not " + value);
    }

    /** As a person writes it: 5, 0.5, 100000000. */
    private static String words(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? Long.toString((long) value) : "" + value;
    }

    /** As the configuration has it: 10 s, 5 m, 1 d. */
    private static String words(Duration value) {
        long millis = value.toMillis();
        for (Unit unit : Unit.values()) {
            if (millis % unit.millis == 0 && millis != 0) {
                return millis / unit.millis + " " + unit.name();
            }
        }
        return millis + " ms";
    }

    /** The largest first. */
    private enum Unit {
        d(86_400_000),
        h(3_600_000),
        m(60_000),
        s(1_000);

        private final long millis;

        Unit(long millis) {
            this.millis = millis;
        }
    }
}
