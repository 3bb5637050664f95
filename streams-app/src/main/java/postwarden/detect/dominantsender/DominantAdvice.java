package postwarden.detect.dominantsender;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do about a sender that everybody waits behind: give it a lane of its own, or a pause. */
final class DominantAdvice {
    private static final List<String> NEVER = List.of(
            "Do not raise default_destination_concurrency_limit or queue_run_max: what is put off comes back faster.",
            "Do not flush the queue (postqueue -f, exim -qff): every message is tried and put off once more.",
            "Do not delete the sender's queue: hold it.");

    private DominantAdvice() {}

    static List<Advice> of(String host, String sender, Tally window) {
        List<Advice> advice = new ArrayList<>();
        if (window.has(Mark.POSTFIX)) {
            advice.add(postfix(host, sender));
        }
        if (window.has(Mark.EXIM)) {
            advice.add(exim(host, sender));
        }
        if (advice.isEmpty()) {
            advice.add(any(host, sender));
        }
        return advice;
    }

    private static Advice postfix(String host, String sender) {
        String name = Say.printable(sender);
        return new Advice(
                "Give " + name + " a lane of its own on " + host + " (Postfix)",
                List.of(
                        "First see whether it is a mailing of theirs: " + Say.lastLines(sender)
                                + "; qshape -s deferred | head",
                        "Pause it: postqueue -j | jq -r " + Say.shell("select(.sender==\"" + sender + "\").queue_id")
                                + " | postsuper -h -",
                        "master.cf: bulk unix - - n - 5 smtp (at most five processes); main.cf:"
                                + " sender_dependent_default_transport_maps = hash:/etc/postfix/bulk_senders",
                        "echo " + Say.shell(sender + " bulk:") + " >> /etc/postfix/bulk_senders && postmap"
                                + " hash:/etc/postfix/bulk_senders && postfix reload",
                        "Then let it go in steps: postsuper -H of some hundred ids at a time."),
                "delays= of other senders' lines fall back, the second number above all.",
                "Take the line out of bulk_senders, postmap, postfix reload; postsuper -H ALL.",
                NEVER);
    }

    private static Advice exim(String host, String sender) {
        return new Advice(
                "Give " + Say.printable(sender) + " a pause on " + host + " (Exim)",
                List.of(
                        "First see whether it is a mailing of theirs: " + Say.lastLines(sender),
                        "Pause it: exiqgrep -i -f " + Say.shell(sender) + " | xargs -r exim -Mf",
                        "For good: ratelimit = 100 / 1h / per_rcpt / strict / $authenticated_id, or a smarthost of its own"
                                + " by a router with senders = " + Say.printable(sender),
                        "Then let it go in steps: exim -Mt of some hundred ids at a time."),
                "QT= of other senders' => lines falls back.",
                "exim -Mt thaws what was frozen; take the router out again.",
                NEVER);
    }

    private static Advice any(String host, String sender) {
        return new Advice(
                "Pause what " + Say.printable(sender) + " sends through " + host,
                List.of("First see whether it is a mailing of theirs: " + Say.lastLines(sender), "Hold its queue."),
                "Deliveries of other senders are as fast as before.",
                "Release what was held, in steps.",
                NEVER);
    }
}
