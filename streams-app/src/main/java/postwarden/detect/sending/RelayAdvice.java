package postwarden.detect.sending;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do about one sender behind a machine that passes on the mail of many: look there, stop that sender alone. */
final class RelayAdvice {
    private static final List<String> NEVER = List.of(
            "Do not refuse the machine or take it out of mynetworks: everybody's mail goes through it.",
            "Do not raise any limit: it lets the spam out faster.",
            "Do not delete queued mail before copies are kept: its headers show the way in.");

    private RelayAdvice() {}

    static List<Advice> of(Relay relay, Program machine, Tally window) {
        List<Advice> advice = new ArrayList<>();
        advice.add(find(relay, machine));
        if (window.has(Mark.POSTFIX) || window.has(Mark.EXIM)) {
            advice.add(hold(relay, window));
        }
        return advice;
    }

    private static Advice find(Relay relay, Program machine) {
        String sender = Say.printable(relay.sender());
        String name = Say.printable(machine.name());
        return new Advice(
                "Find on " + name + " who gave the mail of " + sender,
                List.of(
                        "In its own log: grep -F " + Say.shell(relay.sender())
                                + " /var/log/mail.log | tail; the line of the same queue id with sasl_username= or A= names the"
                                + " account and the address that it came from; queued as in it is the queue id here",
                        "If that account was stolen: a new password, its sessions ended, what waits held there; see"
                                + " compromised-account's runbook",
                        "If " + name + " has no such line, something runs on it that writes as " + sender
                                + ": its web server's log and its processes at the time of the first message."),
                "Nothing more of " + sender + " comes from " + name + " that is refused elsewhere.",
                "Nothing was changed here.",
                NEVER);
    }

    private static Advice hold(Relay relay, Tally window) {
        String sender = Say.shell(relay.sender());
        List<String> steps = new ArrayList<>();
        if (window.has(Mark.POSTFIX)) {
            steps.add("Postfix: postqueue -j | jq -r --arg s " + sender
                    + " 'select(.sender == $s) | .queue_id' | postsuper -h -");
        }
        if (window.has(Mark.EXIM)) {
            steps.add("Exim: exiqgrep -i -f " + sender + " | xargs -r exim -Mf");
        }
        return new Advice(
                "Hold what waits here of " + Say.printable(relay.sender()) + " alone",
                steps,
                "No delivery of that sender is tried any more.",
                window.has(Mark.POSTFIX)
                        ? "postsuper -H QUEUE_ID releases what was good."
                        : "exim -Mt QUEUE_ID thaws what was good.",
                NEVER);
    }
}
