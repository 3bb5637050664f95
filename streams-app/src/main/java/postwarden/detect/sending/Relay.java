package postwarden.detect.sending;

import java.time.Duration;
import java.util.Optional;
import postwarden.detect.View;
import postwarden.detect.reading.Say;
import postwarden.tally.Distinct;
import postwarden.tally.Lead;
import postwarden.tally.Leader;
import postwarden.tally.Leaders;
import postwarden.tally.Tally;

/**
 * A machine of ours that passes on the mail of many, such as the server that people submit to before a relay: what one of them does
 * is no doing of the machine's.
 *
 * @param sender whose mail most of what was refused is
 * @param senders whose mail it passed on before, about
 */
record Relay(String sender, long senders) {
    /** For a title, with what it does. */
    String sendsInBulk(Program machine) {
        return Say.printable(sender) + " sends in bulk through " + Say.printable(machine.name())
                + ", which passes on the mail of " + Say.count(senders, "sender") + " to "
                + Say.printable(machine.host());
    }

    /** What is behind the client, if it is such a machine and most of what was refused in the window is of one sender. */
    static Optional<Relay> of(View view, Duration window, ScriptBurstParams params) {
        Tally tally = view.window(window);
        long senders = view.past().distinct(Distinct.SENDERS);
        Leaders refused = tally.leaders(Lead.BEHIND);
        return senders < params.relayed() || refused.total() == 0
                ? Optional.empty()
                : refused.top(1).stream()
                        .filter(leader -> leader.atLeast() >= params.behind() * refused.total())
                        .map(Leader::name)
                        .map(sender -> new Relay(sender, senders))
                        .findFirst();
    }
}
