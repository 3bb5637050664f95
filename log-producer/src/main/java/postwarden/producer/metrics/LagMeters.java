package postwarden.producer.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import postwarden.producer.redact.Addresses;
import postwarden.producer.status.FileLag;

/**
 * {@code producer.lag} in bytes and {@code producer.lag.time} in seconds, by file: of those that are farthest behind, and of all others
 * together (bytes added up, the longest time), so that a host with ten thousand logs does not make as many series.
 */
public final class LagMeters {
    /** Stands for all files without meters of their own; no path begins so. */
    static final String OTHERS = "(others)";

    private final int most;
    private final MultiGauge bytes;
    private final MultiGauge seconds;

    /** Meters for at most so many files. */
    public LagMeters(MeterRegistry meters, int most) {
        this.most = most;
        bytes = MultiGauge.builder("producer.lag")
                .baseUnit("bytes")
                .description("bytes of a file that are not known to be in Kafka")
                .register(meters);
        seconds = MultiGauge.builder("producer.lag.time")
                .baseUnit("seconds")
                .description("for how long some of them have waited")
                .register(meters);
    }

    /** What is shown under one name. */
    private record Behind(long bytes, long seconds) {
        static final Behind NOTHING = new Behind(0, 0);

        Behind and(FileLag lag) {
            return new Behind(bytes + lag.lagBytes(), Math.max(seconds, lag.lagSeconds()));
        }
    }

    /** Shows these from now on, the farthest behind first. Files whose names differ in a masked address only are one. */
    public void show(List<FileLag> lags) {
        Map<String, Behind> shown = new LinkedHashMap<>();
        shown.put(OTHERS, Behind.NOTHING);
        for (FileLag lag : lags) {
            String name = Addresses.masked(lag.path());
            boolean own = shown.containsKey(name) || shown.size() <= most;
            String under = own ? name : OTHERS;
            shown.put(under, shown.getOrDefault(under, Behind.NOTHING).and(lag));
        }
        bytes.register(rows(shown, Behind::bytes), true);
        seconds.register(rows(shown, Behind::seconds), true);
    }

    private static List<MultiGauge.Row<?>> rows(Map<String, Behind> shown, ToLongFunction<Behind> value) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        shown.forEach((name, behind) -> rows.add(MultiGauge.Row.of(Tags.of("file", name), value.applyAsLong(behind))));
        return rows;
    }
}
