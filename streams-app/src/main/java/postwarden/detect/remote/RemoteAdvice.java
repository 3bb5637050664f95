package postwarden.detect.remote;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Peak;
import postwarden.tally.Tally;

/** What to do about a destination that puts us off: for the likeliest cause, in the words of the daemon that delivers. */
public final class RemoteAdvice {
    private static final List<String> NEVER = List.of(
            "Do not flush the queue (postqueue -f, postfix flush, exim -qff): every message knocks again at once.",
            "Do not lower default_destination_concurrency_limit or any other global setting: it delays mail to everybody"
                    + " for the sake of one destination.",
            "Do not raise concurrency to push through.",
            "Do not add mail servers behind the same outgoing address: limits are counted by address, so that only"
                    + " multiplies refusals.",
            "Do not turn TLS off.");

    private RemoteAdvice() {}

    /**
     * @param destination the domain
     * @param cause the likeliest, by the name of a {@link RemoteCause}
     * @param hosts our hosts that deliver there, >= 1; they may share one outgoing address
     */
    public static List<Advice> of(String destination, String cause, Tally window, int hosts) {
        List<Advice> advice = new ArrayList<>();
        switch (RemoteCause.valueOf(cause)) {
            case POLICY_CONCURRENCY -> lanes(advice, destination, window, false, hosts);
            case POLICY_RATE -> lanes(advice, destination, window, true, hosts);
            case OVERLOAD -> advice.add(wait(destination));
            case REPUTATION -> advice.add(reputation(destination));
            case OWN_NAME -> advice.add(ownName(destination));
            case INCONCLUSIVE -> advice.add(isMute(window) ? ask(destination) : measure(destination));
            case NETWORK, GREYLIST -> advice.add(measure(destination));
        }
        boolean either = cause.equals(RemoteCause.INCONCLUSIVE.name()) && !isMute(window);
        if (cause.equals(RemoteCause.OVERLOAD.name()) || either) {
            lanes(advice, destination, window, false, hosts);
        }
        return advice;
    }

    private static void lanes(List<Advice> advice, String destination, Tally window, boolean rate, int hosts) {
        if (window.has(Mark.EXIM)) {
            advice.add(EximLane.advice(destination, sessions(window, hosts), window.has(Mark.CPANEL), NEVER));
        }
        if (window.has(Mark.POSTFIX) || !window.has(Mark.EXIM)) {
            advice.add(
                    rate
                            ? PostfixLane.paced(destination, NEVER)
                            : PostfixLane.narrow(destination, sessions(window, hosts), NEVER));
        }
    }

    /** Four fifths of what was seen to work, shared by the hosts; 2 where nothing is known; at least 1. */
    private static long sessions(Tally window, int hosts) {
        long worked = window.peak(Peak.GOOD_CONCURRENCY);
        return worked == 0 ? Math.max(1, 2 / Math.max(1, hosts)) : Math.max(1, worked * 4 / 5 / Math.max(1, hosts));
    }

    private static Advice wait(String destination) {
        return new Advice(
                "Let " + destination + " recover: it is overloaded, and fewer connections of ours help it",
                List.of(
                        "First see that it is theirs: set-up times to other destinations are as usual (the third of the"
                                + " delays in their lines); if all are slow, look at our resolver and TLS instead.",
                        "Leave the queue to its timers: the messages keep, and the daemon slows down by itself.",
                        "Tell their postmaster when it lasts over an hour: postmaster@" + destination,
                        "If they ask for less, give the domain a lane of its own (next advice)."),
                "Time-outs and late refusals fall, deliveries to " + destination
                        + " rise, and their set-up time falls.",
                "Nothing was changed.",
                NEVER);
    }

    private static Advice reputation(String destination) {
        return new Advice(
                "Find what " + destination + " dislikes before asking to be let in again",
                List.of(
                        "First see whether an account is stolen: an open compromised-account incident is the usual reason.",
                        "Read the code or URL in the evidence lines, and look the outgoing address up where it points.",
                        "Check SPF, DKIM, DMARC and the PTR record: dig +short -x OUTGOING_ADDRESS; dig +short TXT"
                                + " OUR_DOMAIN",
                        "Stop or slow down the sender that caused it; then use the provider's delisting form."),
                "The refusals with that code stop, and deliveries to " + destination + " rise.",
                "Nothing was changed.",
                List.of(
                        "Do not ask to be delisted before the cause is gone: the second listing lasts longer.",
                        "Do not move to another outgoing address: the reputation follows."));
    }

    private static Advice ownName(String destination) {
        return new Advice(
                "Set right in DNS what " + destination + " misses",
                List.of(
                        "First see which name the reply speaks of, in the evidence lines: the address's (PTR), the one said in"
                                + " HELO, or the sender's domain (SPF, DKIM)",
                        "PTR: dig +short -x OUTGOING_ADDRESS gives one name, and dig +short A and AAAA of that name the"
                                + " address; whoever owns the address sets it",
                        "HELO: postconf smtp_helo_name myhostname, or exim -bP primary_hostname; dig +short A of that name",
                        "SPF, DKIM: dig +short TXT OUR_DOMAIN; dig +short TXT SELECTOR._domainkey.OUR_DOMAIN; both address"
                                + " families: mail may leave by IPv6, which needs the same names",
                        "Others ask the same soon; what changed: a new address, a zone that was moved, an expired domain"),
                "dig answers from a resolver elsewhere, the refusals stop, and deliveries to " + destination + " rise.",
                "The former records.",
                NEVER);
    }

    /** Whether most refusals name no limit, so that fewer or slower connections would mend nothing. */
    private static boolean isMute(Tally window) {
        return window.count(Count.TURNED_AWAY) > window.count(Count.THROTTLED);
    }

    private static Advice ask(String destination) {
        return new Advice(
                "Ask " + destination + " why it takes no more, with its own words",
                List.of(
                        "First read the reply in the evidence lines: its enhanced code (RFC 3463: x.1 address, x.2 mailbox,"
                                + " x.3 their system, x.5 protocol, x.7 policy) and any link or number in it",
                        "See whether others refuse as well, and what changed here when it began: address, names, TLS, a new"
                                + " sender",
                        "One message by hand: swaks --to " + Say.shell("postmaster@" + destination) + " --server MX",
                        "Ask postmaster@" + destination
                                + ", or its form for senders, with time, our address and the whole"
                                + " reply; tell our users what waits or comes back"),
                "First attempts to " + destination + " are taken again.",
                "Nothing was changed.",
                NEVER);
    }

    private static Advice measure(String destination) {
        String name = Say.shell(destination);
        return new Advice(
                "Find out where the connections to " + destination + " get stuck, before changing anything",
                List.of(
                        "Resolver: time dig +short MX " + name + " (more than a second is ours to mend)",
                        "Path: for each MX: time openssl s_client -starttls smtp -connect MX:25 </dev/null (both address"
                                + " families: -4, -6)",
                        "Compare other destinations in the same minutes: if they are slow too, it is our DNS, TLS, disk or"
                                + " firewall.",
                        "Large packets: ping -M do -s 1400 MX (a lost one means an MTU problem on the path)"),
                "Set-up times to " + destination + " are back below a second, and time-outs stop.",
                "Nothing was changed.",
                NEVER);
    }
}
