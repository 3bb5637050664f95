package postwarden.detect;

import postwarden.detect.cardinality.CardinalityParams;
import postwarden.detect.compromisedaccount.CompromisedAccountParams;
import postwarden.detect.connectionflood.ConnectionFloodParams;
import postwarden.detect.distributedbruteforce.DistributedBruteForceParams;
import postwarden.detect.remotethrottle.RemoteThrottleParams;
import postwarden.detect.retrystorm.RetryStormParams;

/** The settings of all detectors; each record says what its numbers mean. */
public record DetectorParams(
        ConnectionFloodParams connectionFlood,
        DistributedBruteForceParams distributedBruteForce,
        CompromisedAccountParams compromisedAccount,
        RemoteThrottleParams remoteThrottle,
        RetryStormParams retryStorm,
        CardinalityParams cardinality) {
    public static DetectorParams defaults() {
        return new DetectorParams(
                ConnectionFloodParams.defaults(),
                DistributedBruteForceParams.defaults(),
                CompromisedAccountParams.defaults(),
                RemoteThrottleParams.defaults(),
                RetryStormParams.defaults(),
                CardinalityParams.defaults());
    }
}
