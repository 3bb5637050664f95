package postwarden.detect;

import postwarden.detect.cardinality.CardinalityParams;
import postwarden.detect.compromisedaccount.CompromisedAccountParams;
import postwarden.detect.connectionflood.ConnectionFloodParams;
import postwarden.detect.distributedbruteforce.DistributedBruteForceParams;
import postwarden.detect.dominantsender.DominantSenderParams;
import postwarden.detect.emailbombing.EmailBombingParams;
import postwarden.detect.mailloop.MailLoopParams;
import postwarden.detect.panellimit.PanelLimitParams;
import postwarden.detect.remotethrottle.RemoteThrottleParams;
import postwarden.detect.retrystorm.RetryStormParams;
import postwarden.detect.sending.RecipientFanOutParams;
import postwarden.detect.sending.ScriptBurstParams;
import postwarden.detect.sending.SendingBurstParams;
import postwarden.detect.sending.UnknownRecipientsParams;

/** The settings of all detectors; each record says what its numbers mean. */
public record DetectorParams(
        ConnectionFloodParams connectionFlood,
        DistributedBruteForceParams distributedBruteForce,
        CompromisedAccountParams compromisedAccount,
        RemoteThrottleParams remoteThrottle,
        RetryStormParams retryStorm,
        CardinalityParams cardinality,
        SendingBurstParams sendingBurst,
        UnknownRecipientsParams unknownRecipients,
        RecipientFanOutParams recipientFanOut,
        ScriptBurstParams scriptBurst,
        MailLoopParams mailLoop,
        DominantSenderParams dominantSender,
        PanelLimitParams panelLimit,
        EmailBombingParams emailBombing) {
    public static DetectorParams defaults() {
        return new DetectorParams(
                ConnectionFloodParams.defaults(),
                DistributedBruteForceParams.defaults(),
                CompromisedAccountParams.defaults(),
                RemoteThrottleParams.defaults(),
                RetryStormParams.defaults(),
                CardinalityParams.defaults(),
                SendingBurstParams.defaults(),
                UnknownRecipientsParams.defaults(),
                RecipientFanOutParams.defaults(),
                ScriptBurstParams.defaults(),
                MailLoopParams.defaults(),
                DominantSenderParams.defaults(),
                PanelLimitParams.defaults(),
                EmailBombingParams.defaults());
    }
}
