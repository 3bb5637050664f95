package postwarden.detect;

import java.util.List;
import postwarden.detect.cardinality.CardinalityDetector;
import postwarden.detect.compromisedaccount.CompromisedAccountDetector;
import postwarden.detect.connectionflood.ConnectionFloodDetector;
import postwarden.detect.distributedbruteforce.DistributedBruteForceDetector;
import postwarden.detect.distributedflood.DistributedFloodDetector;
import postwarden.detect.handshakechurn.HandshakeChurnDetector;
import postwarden.detect.limit.LimitDetector;
import postwarden.detect.pollingclient.PollingClientDetector;
import postwarden.detect.remotethrottle.RemoteThrottleDetector;
import postwarden.detect.retrystorm.RetryStormDetector;
import postwarden.detect.slothoarding.SlotHoardingDetector;

/** All detectors there are: one line adds one. */
public final class Detectors {
    private Detectors() {}

    /** All detectors with their default settings. */
    public static List<Detector> standard() {
        return of(DetectorParams.defaults());
    }

    /** All detectors with these settings. */
    public static List<Detector> of(DetectorParams params) {
        return List.of(
                new ConnectionFloodDetector(params.connectionFlood()),
                new DistributedBruteForceDetector(params.distributedBruteForce()),
                new CompromisedAccountDetector(params.compromisedAccount()),
                new RemoteThrottleDetector(params.remoteThrottle()),
                new RetryStormDetector(params.retryStorm()),
                new CardinalityDetector(params.cardinality()),
                new DistributedFloodDetector(params.distributedFlood()),
                new HandshakeChurnDetector(params.handshakeChurn()),
                new SlotHoardingDetector(params.slotHoarding()),
                LimitDetector.clientLimit(params.clientLimit()),
                LimitDetector.serverLimit(params.serverLimit()),
                LimitDetector.queueOnly(params.queueOnly()),
                LimitDetector.loadShedding(params.loadShedding()),
                LimitDetector.ftpLimit(params.ftpLimit()),
                LimitDetector.mailboxLimit(params.mailboxLimit()),
                new PollingClientDetector(params.pollingClient()));
    }
}
