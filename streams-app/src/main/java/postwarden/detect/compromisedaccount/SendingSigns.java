package postwarden.detect.compromisedaccount;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import postwarden.detect.View;
import postwarden.detect.compromisedaccount.CompromisedAccountParams.Sending;
import postwarden.detect.compromisedaccount.Sign.Family;
import postwarden.detect.reading.Ordinary;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Sketch;
import postwarden.tally.Tally;

/** What an account's sending says: how much, to whom, and what the other sides think of it. */
final class SendingSigns {
    private final Sending params;

    SendingSigns(Sending params) {
        this.params = params;
    }

    List<Sign> of(View view) {
        List<Sign> signs = new ArrayList<>();
        burst(view).ifPresent(signs::add);
        Tally slow = view.window(params.slowWindow());
        fanOut(view, slow).ifPresent(signs::add);
        unknownRecipients(slow).ifPresent(signs::add);
        abuse(slow).ifPresent(signs::add);
        return signs;
    }

    private Optional<Sign> burst(View view) {
        long recipients = view.window(params.burstWindow()).count(Count.RECIPIENTS);
        Ordinary ordinary = Ordinary.of(view, Count.RECIPIENTS, recipients, params.burstWindow(), params.usual());
        if (recipients < params.burstRecipients() || ordinary.tail() >= params.tail()) {
            return Optional.empty();
        }
        double minutes = params.burstWindow().toSeconds() / 60.0;
        double usual = ordinary.baseline().expected(params.usual()) * minutes;
        return Optional.of(new Sign(
                Family.VOLUME,
                params.burst(),
                recipients + " recipients in " + Say.number(minutes) + " min, where " + Say.number(usual)
                        + " are usual"));
    }

    private Optional<Sign> fanOut(View view, Tally slow) {
        Sketch now = slow.sketch(Distinct.RECIPIENTS);
        if (now.count() < params.distinctRecipients()) {
            return Optional.empty();
        }
        long fresh = now.countBeyond(view.past().sketch(Distinct.RECIPIENTS));
        return fresh < params.novelty() * now.count()
                ? Optional.empty()
                : Optional.of(new Sign(
                        Family.VOLUME,
                        params.fanOut(),
                        now.count() + " different recipients in the hour, " + fresh
                                + " of them never written to before"));
    }

    private Optional<Sign> unknownRecipients(Tally slow) {
        long unknown = unknown(slow);
        double share = share(unknown, decided(slow));
        return unknown < params.unknownRecipients() || share < params.unknownShare()
                ? Optional.empty()
                : Optional.of(new Sign(
                        Family.UNKNOWN_RECIPIENTS,
                        params.unknown(),
                        unknown + " recipients do not exist, " + Say.percent(share) + " of those decided"));
    }

    private Optional<Sign> abuse(Tally slow) {
        long refused = abuseRefusals(slow);
        double share = share(refused, decided(slow));
        return refused < params.abuseRefusals() || share < params.abuseShare()
                ? Optional.empty()
                : Optional.of(new Sign(
                        Family.ABUSE,
                        params.abuse(),
                        refused + " deliveries were refused as spam or for reputation, " + Say.percent(share)
                                + " of those decided"));
    }

    static long unknown(Tally slow) {
        return slow.sum(Count.BOUNCED_UNKNOWN, Count.UNKNOWN_RECIPIENT_REJECTS);
    }

    static long abuseRefusals(Tally slow) {
        return slow.sum(Count.BOUNCED_SPAM, Count.THROTTLED_REPUTATION);
    }

    /** Recipients whose fate is known. */
    static long decided(Tally slow) {
        return slow.sum(Count.SENT, Count.BOUNCED, Count.UNKNOWN_RECIPIENT_REJECTS, Count.THROTTLED_REPUTATION);
    }

    static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
