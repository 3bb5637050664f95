package postwarden.detect.panellimit;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code panel-limit}.
 *
 * @param window within which a statement holds, 10 min to 1 h; default 30 min: panels count by the hour and say so with each
 *     further message
 * @param discards messages thrown away from which mail is being lost rather than late, 1 to 100,000; default 1
 */
public record PanelLimitParams(Duration window, int discards) {
    public PanelLimitParams {
        Range.check("window", window, Duration.ofMinutes(10), Duration.ofHours(1));
        Range.check("discards", discards, 1, 100_000);
    }

    public static PanelLimitParams defaults() {
        return new PanelLimitParams(Duration.ofMinutes(30), 1);
    }
}
