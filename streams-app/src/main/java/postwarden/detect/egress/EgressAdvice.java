package postwarden.detect.egress;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do about a host whose mail does not get out or is not wanted, for the likeliest cause, in the words of its daemon. */
final class EgressAdvice {
    static final String PORT_BLOCKED = "PORT_BLOCKED";
    static final String SMARTHOST_DOWN = "SMARTHOST_DOWN";
    static final String NO_NETWORK = "NO_NETWORK";
    static final String RESOLVER = "RESOLVER";
    static final String OWN_TLS = "OWN_TLS";
    static final String LOSSY_WAY = "LOSSY_WAY";

    private static final List<String> NEVER_FLUSH = List.of(
            "Do not flush the queue (postqueue -f, exim -qff) before a single message got out: all of it knocks at a closed"
                    + " door, and then everywhere at once.",
            "Do not delete the queue: it is delivered by itself once the way is open.",
            "Do not send by another address of yours in a hurry: its name is not known to others, and PTR and SPF must name"
                    + " it first.");

    private EgressAdvice() {}

    static List<Advice> blocked(String host, String cause, Tally window) {
        List<Advice> advice = new ArrayList<>();
        advice.add(
                switch (cause) {
                    case SMARTHOST_DOWN -> smarthost(host, window);
                    case RESOLVER -> resolver(host);
                    case OWN_TLS -> tls(host, window);
                    case NO_NETWORK -> network(host);
                    case LOSSY_WAY -> lossy(host);
                    default -> port(host);
                });
        advice.add(waiting(window));
        return advice;
    }

    private static Advice port(String host) {
        return advice(
                "Find what closes port 25 of " + host + " to the outside",
                List.of(
                        "First see that it is the port and not the network: on the host, ip route get 192.0.2.1 names a way;"
                                + " curl -sI https://www.iana.org answers",
                        "An MX of three domains in the evidence: dig +short MX DOMAIN; nc -vz -w 5 MX 25; with -4 and with"
                                + " -6, since one of them may work",
                        "A time-out at all: a provider or a firewall before the host drops it. Cloud providers close port 25"
                                + " without a word, or after a complaint: their console and abuse mailbox say so",
                        "Refused at all, at once: a rule of this host: iptables -S OUTPUT; nft list ruleset; csf -g 25"
                                + " (CSF: SMTP_BLOCK, TCP_OUT); in WHM, SMTP Restrictions",
                        "What changed just before it began: last reboot, firewall, routes, provider's maintenance"),
                "nc -vz to the three answers, and \"firstReached\" rises on the host's page.",
                "Nothing was changed; take a rule back that was added to try.");
    }

    private static Advice network(String host) {
        return advice(
                "Get the network of " + host + " back",
                List.of(
                        "First see which part is gone: ip route get 192.0.2.1; ip -6 route get 2001:db8::1; ip addr; ip route;"
                                + " the first must name a gateway and an address of this host",
                        "The link and the gateway: ip -s link; ping -c 3 GATEWAY; dmesg | tail -20",
                        "What changed just before: an update of the network's configuration, a lease that was not renewed, a"
                                + " tunnel that is down, a tenant's route in the provider's console",
                        "Only if the rest of the network works: a firewall that rejects port 25 with an ICMP message says \"no"
                                + " route to host\" as well: nft list ruleset; iptables -S OUTPUT"),
                "ping to the gateway and nc -vz -w 5 MX 25 to three domains in the evidence succeed.",
                "The former network configuration.");
    }

    private static Advice lossy(String host) {
        return advice(
                "Find where " + host + " loses a part of its connections",
                List.of(
                        "First see whether it is all of its traffic: ping -c 50 to the gateway and to two addresses outside;"
                                + " mtr -rwc 50 MX of three domains in the evidence",
                        "A full table of connections here or on the firewall drops new ones only: dmesg | grep conntrack; sysctl"
                                + " net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max",
                        "One of two ways: take each by itself (nc -4 and -6; each uplink, each outgoing address, each member of a"
                                + " bond): ip route; cat /proc/net/bonding/*",
                        "Faults of the line: ip -s link (errors, drops); ask the provider, with the times of evidence lines"),
                "Of twenty tries of nc -vz -w 5 MX 25 all succeed, and \"firstUnreached\" falls on the host's page.",
                "Nothing was changed.");
    }

    private static Advice smarthost(String host, Tally window) {
        String which = window.has(Mark.EXIM)
                ? "exim -bP routers | grep -i route_list, or the panel's smarthost setting"
                : "postconf relayhost transport_maps default_transport";
        return advice(
                "Get the relay back that all mail of " + host + " goes by",
                List.of(
                        "First see which it is: " + which,
                        "On the host: nc -vz -w 5 RELAY 25 and 587; a port that is closed to one and open to the other says"
                                + " which to use",
                        "Ask whoever runs it, or look at its status page: other hosts that use it are here as well when they"
                                + " are watched",
                        "Only if it stays away: a second relay that SPF already names, as a fall-back ("
                                + (window.has(Mark.EXIM)
                                        ? "a second host in route_list"
                                        : "smtp_fallback_relay = [RELAY2]:587")
                                + "), never the open port 25 of a host whose PTR and SPF say nothing"),
                "Deliveries by the relay are sent again.",
                "Take the fall-back out again.");
    }

    private static Advice resolver(String host) {
        return advice(
                "Mend the resolver of " + host,
                List.of(
                        "First see which fails: cat /etc/resolv.conf; for each nameserver: dig +time=2 +tries=1 MX"
                                + " example.com @SERVER",
                        "One of its own (127.0.0.1, 127.0.0.53): systemctl status unbound named systemd-resolved; is the"
                                + " disk full, is the clock right (DNSSEC fails with a wrong one)",
                        "A far one: can it be reached on port 53, UDP and TCP; does it limit this host's queries",
                        "Postfix in a chroot reads its own copy: cp /etc/resolv.conf /var/spool/postfix/etc/ and postfix"
                                + " reload after a change"),
                "dig answers in milliseconds, and names resolve in the log.",
                "The former /etc/resolv.conf.");
    }

    private static Advice tls(String host, Tally window) {
        return advice(
                "Mend what " + host + " needs for TLS with others",
                List.of(
                        "First see what it says: openssl s_client -starttls smtp -connect MX:25 </dev/null to three domains"
                                + " in the evidence",
                        "What changed: an update of OpenSSL or crypto-policies, an expired client certificate, a wrong clock"
                                + " (timedatectl)",
                        window.has(Mark.EXIM)
                                ? "exim -bP tls_require_ciphers; grep -rn tls_ /etc/exim4 /etc/exim.conf 2>/dev/null"
                                : "postconf -n | grep smtp_tls: a level of encrypt, dane or verify with a list of ciphers or"
                                        + " authorities that nobody meets"),
                "Handshakes succeed, and deliveries are sent.",
                "The former setting; postfix reload or a restart of Exim.");
    }

    private static Advice waiting(Tally window) {
        boolean exim = window.has(Mark.EXIM) && !window.has(Mark.POSTFIX);
        return advice(
                "Let what waits go in order once one message got out",
                List.of(
                        "First try one: " + (exim ? "exim -M QUEUE_ID" : "postqueue -i QUEUE_ID"),
                        "Then leave the rest to the timers, or in small portions: "
                                + (exim
                                        ? "exim -qf once, not -qff, with queue_run_max as it is"
                                        : "the queue manager takes them up within minimal_backoff_time to"
                                                + " maximal_backoff_time"),
                        "If it lasts longer than four hours tell the users: their programs say \"sent\""),
                "The queue grows smaller, and others do not answer with 421.",
                "Nothing was changed.");
    }

    private static Advice advice(String what, List<String> steps, String verify, String undo) {
        return new Advice(Say.printable(what), steps, verify, undo, NEVER_FLUSH);
    }

    /** @param whose the account or sender that most of it is held against; empty when it is all of the host's mail */
    static List<Advice> unwanted(String host, String whose, boolean listed) {
        List<String> never = List.of(
                "Do not ask to be delisted before the cause is gone: the second listing lasts longer.",
                "Do not move to another outgoing address: the reputation follows, and the new one is strange to everybody.",
                "Do not flush the queue: each attempt that is refused counts against the address.");
        List<String> find =
                new ArrayList<>(List.of("First see whether an account or a script of this host is abused: open"
                        + " incidents compromised-account, script-burst and sending-burst of the last day"));
        if (whose.isEmpty()) {
            find.add("Who sent most in the hours before: "
                    + "pflogsumm -u 20 /var/log/mail.log, or eximstats -t20 /var/log/exim_mainlog");
        } else {
            find.add("Most of it is held against " + Say.printable(whose) + ": " + Say.lastLines(whose));
        }
        find.add(
                "Stop that first, as its incident says; forwards of unfiltered mail to large providers spoil a name as well");
        Advice cause = new Advice(
                "Find what spoilt the name of " + Say.printable(host),
                find,
                "No more of such mail leaves the host.",
                "Nothing was changed.",
                never);
        Advice name = new Advice(
                listed ? "Have the address taken off the lists" : "Set the name right with those who object",
                List.of(
                        "Read the list's name, code or link in the evidence, and look the outgoing address up there",
                        "PTR, SPF, DKIM, DMARC: dig +short -x OUTGOING_ADDRESS; dig +short TXT OUR_DOMAIN; dig +short TXT"
                                + " _dmarc.OUR_DOMAIN",
                        listed
                                ? "Ask for removal by the list's own form, once, saying what was stopped and when"
                                : "Use the providers' forms (sender support), once, saying what was stopped and when",
                        "An address that a provider's policy lists (dynamic, end user) must send by a relay: that listing is"
                                + " not to be argued with"),
                "The refusals with that code stop, and \"objected\" falls on the host's page.",
                "Nothing was changed.",
                never);
        return List.of(cause, name);
    }
}
