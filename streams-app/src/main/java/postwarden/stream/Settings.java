package postwarden.stream;

import java.util.List;
import java.util.Optional;
import postwarden.correlate.CorrelatorParams;
import postwarden.detect.Detector;
import postwarden.detect.WatchParams;
import postwarden.incident.DeskParams;
import postwarden.parse.reply.Replies;
import postwarden.policy.Allowance;
import postwarden.tally.IntakeParams;
import postwarden.tally.Systems;

/**
 * Everything that decides what the core does; the same for the service, a replay and {@code scan}.
 *
 * @param replies what SMTP replies mean, an operator's rules first
 * @param systems that accounts' addresses belong to
 * @param allowances what is let be beside what the policy topic says
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
        Systems systems,
        List<Allowance> allowances,
        String configDigest) {
    public Settings {
        detectors = List.copyOf(detectors);
        allowances = List.copyOf(allowances);
    }

    /** The same with these allowances. */
    public Settings allowing(List<Allowance> others) {
        return new Settings(
                topics, stream, intake, correlator, watch, detectors, desk, replies, systems, others, configDigest);
    }

    /** The same for a replay, which leaves nobody behind and writes into topics of its own. */
    public Settings replaying(Topics own) {
        WatchParams patient = new WatchParams(
                Optional.empty(), watch.front(), watch.hold(), watch.repeat(), watch.crowd(), watch.silence());
        return new Settings(
                own, stream, intake, correlator, patient, detectors, desk, replies, systems, allowances, configDigest);
    }
}
