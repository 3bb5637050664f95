package postwarden.detect.mailloop;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do about a circle: hold what runs in it, find the forward that closes it, break that one. */
final class LoopAdvice {
    private static final List<String> NEVER = List.of(
            "Do not raise hopcount_limit (Postfix) or received_headers_max (Exim): the circle only gets longer.",
            "Do not bounce what is held: the bounce enters the circle.",
            "Do not flush the queue while the circle is closed.");

    private LoopAdvice() {}

    static List<Advice> of(String host, Ends ends, Tally window) {
        List<Advice> advice = new ArrayList<>();
        if (window.has(Mark.POSTFIX)) {
            advice.add(postfix(host, ends.recipient()));
        }
        if (window.has(Mark.EXIM)) {
            advice.add(exim(host, ends.recipient()));
        }
        if (advice.isEmpty()) {
            advice.add(any(host, ends.recipient()));
        }
        return advice;
    }

    private static Advice postfix(String host, String recipient) {
        String to = Say.shell("to=<" + recipient + ">");
        return new Advice(
                "Break the circle on " + host + " (Postfix)",
                List.of(
                        "First see its way: grep -F " + to
                                + " /var/log/mail.log | tail -20: relay= names the next host," + " orig_to= the alias",
                        "Hold what runs in it: grep -F " + to + " /var/log/mail.log |"
                                + " sed -n 's/.*\\]: \\([0-9A-Za-z]*\\): to=.*/\\1/p' | sort -u | postsuper -h -",
                        "Find who sends it back: postmap -q " + Say.shell(recipient)
                                + " for each map in virtual_alias_maps and alias_maps; ~/.forward; doveadm sieve list -u "
                                + Say.shell(recipient),
                        "Take one of the two forwards out, or the vacation answer; then postfix reload"),
                "The recipient's deliveries with one message id stay at one, and this incident resolves.",
                "Put the forward back; postsuper -H QUEUE_ID releases what was held.",
                NEVER);
    }

    private static Advice exim(String host, String recipient) {
        return new Advice(
                "Break the circle on " + host + " (Exim)",
                List.of(
                        "First see its way: exigrep " + Say.shell(recipient)
                                + " /var/log/exim4/mainlog | tail -40 (cPanel: /var/log/exim_mainlog)",
                        "Freeze what runs in it: exiqgrep -i -r " + Say.shell(recipient) + " | xargs -r exim -Mf",
                        "See how it is routed: exim -bt " + Say.shell(recipient)
                                + ": the chain of redirects names the forward; cPanel: Forwarders and Autoresponders of"
                                + " both mailboxes",
                        "Take one of the two forwards out, or the autoresponder."),
                "The recipient's deliveries with one message id stay at one, and this incident resolves.",
                "Put the forward back; exim -Mt QUEUE_ID thaws what was frozen.",
                NEVER);
    }

    private static Advice any(String host, String recipient) {
        return new Advice(
                "Break the circle on " + host,
                List.of(
                        "First see its way: " + Say.lastLines(recipient),
                        "Find the forward or the autoresponder that sends it back, and take it out."),
                "The recipient's deliveries with one message id stay at one, and this incident resolves.",
                "Put the forward back.",
                NEVER);
    }
}
