package postwarden.detect;

import java.util.List;
import postwarden.detect.bruteforce.BruteForceDetector;
import postwarden.detect.cardinality.CardinalityDetector;
import postwarden.detect.compromisedaccount.CompromisedAccountDetector;
import postwarden.detect.connectionflood.ConnectionFloodDetector;
import postwarden.detect.distributedbruteforce.DistributedBruteForceDetector;
import postwarden.detect.distributedflood.DistributedFloodDetector;
import postwarden.detect.dominantsender.DominantSenderDetector;
import postwarden.detect.egress.EgressBlockedDetector;
import postwarden.detect.egress.ReputationShiftDetector;
import postwarden.detect.emailbombing.EmailBombingDetector;
import postwarden.detect.handshakechurn.HandshakeChurnDetector;
import postwarden.detect.limit.LimitDetector;
import postwarden.detect.loginafterfailures.LoginAfterFailuresDetector;
import postwarden.detect.loginfanout.LoginFanOutDetector;
import postwarden.detect.mailloop.MailLoopDetector;
import postwarden.detect.panellimit.PanelLimitDetector;
import postwarden.detect.passwordspray.PasswordSprayDetector;
import postwarden.detect.pollingclient.PollingClientDetector;
import postwarden.detect.remotethrottle.RemoteThrottleDetector;
import postwarden.detect.retrystorm.RetryStormDetector;
import postwarden.detect.sending.RecipientFanOutDetector;
import postwarden.detect.sending.ScriptBurstDetector;
import postwarden.detect.sending.SendingBurstDetector;
import postwarden.detect.sending.UnknownRecipientsDetector;
import postwarden.detect.sensor.ClockSkewDetector;
import postwarden.detect.sensor.LogGapDetector;
import postwarden.detect.sensor.SharedIdentityDetector;
import postwarden.detect.slothoarding.SlotHoardingDetector;
import postwarden.detect.stalecredential.StaleCredentialDetector;

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
                LimitDetector.queueIo(params.queueIo()),
                LimitDetector.ftpLimit(params.ftpLimit()),
                LimitDetector.mailboxLimit(params.mailboxLimit()),
                new PollingClientDetector(params.pollingClient()),
                new BruteForceDetector(params.bruteForce()),
                new PasswordSprayDetector(params.passwordSpray()),
                new StaleCredentialDetector(params.staleCredential()),
                new LoginAfterFailuresDetector(params.loginAfterFailures()),
                new LoginFanOutDetector(params.loginFanOut()),
                new SendingBurstDetector(params.sendingBurst()),
                new UnknownRecipientsDetector(params.unknownRecipients()),
                new RecipientFanOutDetector(params.recipientFanOut()),
                new ScriptBurstDetector(params.scriptBurst()),
                new MailLoopDetector(params.mailLoop()),
                new DominantSenderDetector(params.dominantSender()),
                new PanelLimitDetector(params.panelLimit()),
                new EmailBombingDetector(params.emailBombing()),
                new EgressBlockedDetector(params.egressBlocked()),
                new ReputationShiftDetector(params.reputationShift()),
                new LogGapDetector(params.logGap()),
                new ClockSkewDetector(params.clockSkew()),
                new SharedIdentityDetector(params.sharedIdentity()));
    }
}
