package postwarden.stream;

import java.util.List;
import postwarden.correlate.CorrelatorParams;
import postwarden.detect.Detector;
import postwarden.detect.WatchParams;
import postwarden.incident.DeskParams;
import postwarden.parse.reply.Replies;
import postwarden.tally.IntakeParams;

/**
 * Everything that decides what the core does; the same for the service, a replay and {@code scan}.
 *
 * @param replies what SMTP replies mean, an operator's rules first
 * @param configDigest names the thresholds in force in every alert
 */
public record Settings(
        Topics topics,
        StreamParams stream,
        IntakeParams intake,
        CorrelatorParams correlator,
        WatchParams watch,
        List<Detector> detectors,
        DeskParams desk,
        Replies replies,
        String configDigest) {
    public Settings {
        detectors = List.copyOf(detectors);
    }
}
