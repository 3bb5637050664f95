package postwarden.detect;

import postwarden.detect.bruteforce.BruteForceParams;
import postwarden.detect.cardinality.CardinalityParams;
import postwarden.detect.compromisedaccount.CompromisedAccountParams;
import postwarden.detect.connectionflood.ConnectionFloodParams;
import postwarden.detect.distributedbruteforce.DistributedBruteForceParams;
import postwarden.detect.distributedflood.DistributedFloodParams;
import postwarden.detect.dominantsender.DominantSenderParams;
import postwarden.detect.egress.EgressBlockedParams;
import postwarden.detect.egress.ReputationShiftParams;
import postwarden.detect.emailbombing.EmailBombingParams;
import postwarden.detect.handshakechurn.HandshakeChurnParams;
import postwarden.detect.limit.LimitParams;
import postwarden.detect.loginafterfailures.LoginAfterFailuresParams;
import postwarden.detect.loginfanout.LoginFanOutParams;
import postwarden.detect.mailloop.MailLoopParams;
import postwarden.detect.panellimit.PanelLimitParams;
import postwarden.detect.passwordspray.PasswordSprayParams;
import postwarden.detect.pollingclient.PollingClientParams;
import postwarden.detect.remotethrottle.RemoteThrottleParams;
import postwarden.detect.retrystorm.RetryStormParams;
import postwarden.detect.sending.RecipientFanOutParams;
import postwarden.detect.sending.ScriptBurstParams;
import postwarden.detect.sending.SendingBurstParams;
import postwarden.detect.sending.UnknownRecipientsParams;
import postwarden.detect.sensor.ClockSkewParams;
import postwarden.detect.sensor.LogGapParams;
import postwarden.detect.sensor.SharedIdentityParams;
import postwarden.detect.slothoarding.SlotHoardingParams;
import postwarden.detect.stalecredential.StaleCredentialParams;

/** The settings of all detectors; each record says what its numbers mean. */
public record DetectorParams(
        ConnectionFloodParams connectionFlood,
        DistributedBruteForceParams distributedBruteForce,
        CompromisedAccountParams compromisedAccount,
        RemoteThrottleParams remoteThrottle,
        RetryStormParams retryStorm,
        CardinalityParams cardinality,
        DistributedFloodParams distributedFlood,
        HandshakeChurnParams handshakeChurn,
        SlotHoardingParams slotHoarding,
        LimitParams clientLimit,
        LimitParams serverLimit,
        LimitParams queueOnly,
        LimitParams loadShedding,
        LimitParams queueIo,
        LimitParams ftpLimit,
        LimitParams mailboxLimit,
        PollingClientParams pollingClient,
        BruteForceParams bruteForce,
        PasswordSprayParams passwordSpray,
        StaleCredentialParams staleCredential,
        LoginAfterFailuresParams loginAfterFailures,
        LoginFanOutParams loginFanOut,
        SendingBurstParams sendingBurst,
        UnknownRecipientsParams unknownRecipients,
        RecipientFanOutParams recipientFanOut,
        ScriptBurstParams scriptBurst,
        MailLoopParams mailLoop,
        DominantSenderParams dominantSender,
        PanelLimitParams panelLimit,
        EmailBombingParams emailBombing,
        EgressBlockedParams egressBlocked,
        ReputationShiftParams reputationShift,
        LogGapParams logGap,
        ClockSkewParams clockSkew,
        SharedIdentityParams sharedIdentity) {
    public static DetectorParams defaults() {
        return new DetectorParams(
                ConnectionFloodParams.defaults(),
                DistributedBruteForceParams.defaults(),
                CompromisedAccountParams.defaults(),
                RemoteThrottleParams.defaults(),
                RetryStormParams.defaults(),
                CardinalityParams.defaults(),
                DistributedFloodParams.defaults(),
                HandshakeChurnParams.defaults(),
                SlotHoardingParams.defaults(),
                LimitParams.clientLimit(),
                LimitParams.serverLimit(),
                LimitParams.queueOnly(),
                LimitParams.loadShedding(),
                LimitParams.queueIo(),
                LimitParams.ftpLimit(),
                LimitParams.mailboxLimit(),
                PollingClientParams.defaults(),
                BruteForceParams.defaults(),
                PasswordSprayParams.defaults(),
                StaleCredentialParams.defaults(),
                LoginAfterFailuresParams.defaults(),
                LoginFanOutParams.defaults(),
                SendingBurstParams.defaults(),
                UnknownRecipientsParams.defaults(),
                RecipientFanOutParams.defaults(),
                ScriptBurstParams.defaults(),
                MailLoopParams.defaults(),
                DominantSenderParams.defaults(),
                PanelLimitParams.defaults(),
                EmailBombingParams.defaults(),
                EgressBlockedParams.defaults(),
                ReputationShiftParams.defaults(),
                LogGapParams.defaults(),
                ClockSkewParams.defaults(),
                SharedIdentityParams.defaults());
    }
}
