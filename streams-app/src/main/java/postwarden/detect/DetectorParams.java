package postwarden.detect;

import postwarden.detect.bruteforce.BruteForceParams;
import postwarden.detect.cardinality.CardinalityParams;
import postwarden.detect.compromisedaccount.CompromisedAccountParams;
import postwarden.detect.connectionflood.ConnectionFloodParams;
import postwarden.detect.distributedbruteforce.DistributedBruteForceParams;
import postwarden.detect.loginafterfailures.LoginAfterFailuresParams;
import postwarden.detect.loginfanout.LoginFanOutParams;
import postwarden.detect.passwordspray.PasswordSprayParams;
import postwarden.detect.remotethrottle.RemoteThrottleParams;
import postwarden.detect.retrystorm.RetryStormParams;
import postwarden.detect.stalecredential.StaleCredentialParams;

/** The settings of all detectors; each record says what its numbers mean. */
public record DetectorParams(
        ConnectionFloodParams connectionFlood,
        DistributedBruteForceParams distributedBruteForce,
        CompromisedAccountParams compromisedAccount,
        RemoteThrottleParams remoteThrottle,
        RetryStormParams retryStorm,
        CardinalityParams cardinality,
        BruteForceParams bruteForce,
        PasswordSprayParams passwordSpray,
        StaleCredentialParams staleCredential,
        LoginAfterFailuresParams loginAfterFailures,
        LoginFanOutParams loginFanOut) {
    public static DetectorParams defaults() {
        return new DetectorParams(
                ConnectionFloodParams.defaults(),
                DistributedBruteForceParams.defaults(),
                CompromisedAccountParams.defaults(),
                RemoteThrottleParams.defaults(),
                RetryStormParams.defaults(),
                CardinalityParams.defaults(),
                BruteForceParams.defaults(),
                PasswordSprayParams.defaults(),
                StaleCredentialParams.defaults(),
                LoginAfterFailuresParams.defaults(),
                LoginFanOutParams.defaults());
    }
}
