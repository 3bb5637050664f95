package postwarden.producer.sample;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the kernel's counters grew by between two looks.
 *
 * @param nanos how long it was, >= 1
 * @param grown growth by counter, >= 0; without those that went back
 * @param restarted whether a counter went back: it began anew, and what it counted since is not known
 */
record Interval(long nanos, Map<String, Long> grown, boolean restarted) {
    private static final double NANOS_A_SECOND = 1e9;

    /** Growth a second; empty when that is not known. */
    OptionalDouble perSecond(String counter) {
        Long by = grown.get(counter);
        return by == null ? OptionalDouble.empty() : OptionalDouble.of(by / (nanos / NANOS_A_SECOND));
    }

    /**
     * Growth of a counter of time as a share of the interval, about 0 to 1; empty when that is not known.
     *
     * @param unitsASecond how much it grows in a second in which it never rests
     */
    OptionalDouble share(String counter, double unitsASecond) {
        OptionalDouble rate = perSecond(counter);
        return rate.isEmpty() ? rate : OptionalDouble.of(rate.getAsDouble() / unitsASecond);
    }

    /** One counter's growth for each of another's; empty when that is not known or the other did not grow. */
    OptionalDouble ratio(String counter, String each) {
        Long by = grown.get(counter);
        Long of = grown.get(each);
        return by == null || of == null || of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) by / of);
    }

    String flaw() {
        return restarted ? "a counter of the kernel began anew" : "";
    }
}
