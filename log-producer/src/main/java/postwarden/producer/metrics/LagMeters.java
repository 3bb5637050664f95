package postwarden.producer.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
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

    /** Shows these from now on, the farthest behind first. */
    public void show(List<FileLag> lags) {
        List<MultiGauge.Row<Number>> bytesRows = new ArrayList<>();
        List<MultiGauge.Row<Number>> secondsRows = new ArrayList<>();
        List<FileLag> own = lags.subList(0, Math.min(most, lags.size()));
        for (FileLag lag : own) {
            Tags file = Tags.of("file", Addresses.masked(lag.path()));
            bytesRows.add(MultiGauge.Row.of(file, lag.lagBytes()));
            secondsRows.add(MultiGauge.Row.of(file, lag.lagSeconds()));
        }
        List<FileLag> others = lags.subList(own.size(), lags.size());
        Tags together = Tags.of("file", OTHERS);
        bytesRows.add(MultiGauge.Row.of(
                together, others.stream().mapToLong(FileLag::lagBytes).sum()));
        secondsRows.add(MultiGauge.Row.of(
                together, others.stream().mapToLong(FileLag::lagSeconds).max().orElse(0)));
        bytes.register(bytesRows, true);
        seconds.register(secondsRows, true);
    }
}
