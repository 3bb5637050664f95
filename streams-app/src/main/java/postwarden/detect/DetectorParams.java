package postwarden.detect;

import postwarden.detect.connectionflood.ConnectionFloodParams;
import postwarden.detect.distributedbruteforce.DistributedBruteForceParams;

/** The settings of all detectors; each record says what its numbers mean. */
public record DetectorParams(ConnectionFloodParams connectionFlood, DistributedBruteForceParams distributedBruteForce) {
    public static DetectorParams defaults() {
        return new DetectorParams(ConnectionFloodParams.defaults(), DistributedBruteForceParams.defaults());
    }
}
