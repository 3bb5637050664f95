package postwarden.detect.sensor;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code shared-identity}.
 *
 * @param window in which places are contested again, 1 min to 1 h; default 30 min: a machine that is set back repeats places until it
 *     has come to where it was, one that was copied for as long as both write one log, and of a quiet one that is now and then
 * @param panes ten-second panes of it in which places are contested, 1 to 60; default 2: what an agent that was killed had on its way to
 *     a broker that stood still may come behind what its successor sent, once
 */
public record SharedIdentityParams(Duration window, int panes) {
    public SharedIdentityParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("panes", panes, 1, 60);
    }

    public static SharedIdentityParams defaults() {
        return new SharedIdentityParams(Duration.ofMinutes(30), 2);
    }
}
