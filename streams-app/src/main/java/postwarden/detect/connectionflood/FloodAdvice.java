package postwarden.detect.connectionflood;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Peak;
import postwarden.tally.Tally;

/** What to do about a flooding client, in the words of the daemon that it floods. */
final class FloodAdvice {
    private static final List<String> NEVER = List.of(
            "Do not raise smtpd_client_connection_count_limit, default_process_limit or smtp_accept_max: the flood takes"
                    + " whatever is added, and each connection is a process.",
            "Do not block the whole network of the address: act on what is proven.",
            "Do not turn TLS off to save processor time.");

    private FloodAdvice() {}

    static List<Advice> of(String host, String client, Tally window, ClientMinute minute) {
        List<Advice> advice = new ArrayList<>();
        if (window.has(Mark.PRIVATE_ADDRESS)) {
            advice.add(ownMachine(host, client));
        }
        if (window.has(Mark.POSTFIX)) {
            advice.add(postfix(host, client));
        }
        if (window.has(Mark.EXIM)) {
            advice.add(exim(host, client, window));
        }
        if (!window.has(Mark.POSTFIX) && !window.has(Mark.EXIM)) {
            advice.add(firewall(host, client));
        }
        if (minute.accounts() > 0) {
            advice.add(office(client));
        }
        return advice;
    }

    private static Advice postfix(String host, String client) {
        return new Advice(
                "Keep " + client + " away from smtpd on " + host,
                List.of(
                        "First see who it is and that it sends nothing wanted: grep -F "
                                + Say.shell("[" + Say.inLogs(client)) + " /var/log/mail.log | tail -50",
                        "First see the limits in force: postconf mynetworks smtpd_client_event_limit_exceptions"
                                + " smtpd_client_connection_count_limit smtpd_client_connection_rate_limit",
                        "With postscreen: echo " + Say.shell(client + " reject")
                                + " >> /etc/postfix/postscreen_access.cidr;"
                                + " postconf -e 'postscreen_access_list = permit_mynetworks,"
                                + " cidr:/etc/postfix/postscreen_access.cidr' 'postscreen_blacklist_action = drop';"
                                + " postfix reload",
                        "Without postscreen, in the firewall: " + nft(client),
                        "Where no limits are set: postconf -e smtpd_client_connection_count_limit=10"
                                + " smtpd_client_connection_rate_limit=60; postfix reload (clients in mynetworks are exempt)"),
                "No more connects of " + client + " reach smtpd, other clients' connects stay as they were, and this"
                        + " incident resolves.",
                "Take the line out of postscreen_access.cidr (or delete the firewall rule) and run postfix reload.",
                NEVER);
    }

    private static Advice exim(String host, String client, Tally window) {
        String where = window.has(Mark.CPANEL)
                ? "In WHM, Exim Configuration Manager, Advanced Editor (a hand-edited exim.conf is overwritten): "
                : "In Exim's main configuration: ";
        return new Advice(
                "Keep " + client + " away from Exim on " + host,
                List.of(
                        "First see who it is: exigrep " + Say.shell(Say.inLogs(client))
                                + " /var/log/exim_mainlog | tail -50 (Debian: /var/log/exim4/mainlog)",
                        where + "host_reject_connection = " + hostList(client)
                                + " (put behind what is there: exim -bP host_reject_connection)",
                        where + "smtp_accept_max_per_host = " + perHost(window)
                                + " (unset means no limit; for a partner that needs more: ${if match_ip"
                                + "{$sender_host_address}{203.0.113.0/24}{40}{" + perHost(window)
                                + "}}, with the partner's network)",
                        "Keep smtp_accept_queue <= smtp_accept_max: Exim silently ignores a larger one.",
                        "Or in the firewall: " + nft(client)),
                "The refusals that name " + client + " stop, and senders that were refused with it get through.",
                "Take the options out again and restart Exim; delete the firewall rule.",
                NEVER);
    }

    /** A list of Exim's is parted by colons unless it says otherwise. */
    private static String hostList(String client) {
        return client.indexOf(':') >= 0 ? "<; " + client : client;
    }

    private static String perHost(Tally window) {
        long inForce = window.peak(Peak.LIMIT_VALUE);
        return Long.toString(inForce > 0 && inForce <= 20 ? inForce : 10);
    }

    private static Advice firewall(String host, String client) {
        return new Advice(
                "Keep " + client + " away from " + host,
                List.of(
                        "First see who it is: grep -F " + Say.shell("rip=" + Say.inLogs(client))
                                + " /var/log/mail.log | tail -50",
                        "In the firewall: " + nft(client),
                        "Do not raise process_limit of the login services meanwhile."),
                "No more login sessions of " + client + " end without a login.",
                "nft -a list chain inet filter input, then nft delete rule inet filter input handle NUMBER",
                NEVER);
    }

    private static String nft(String client) {
        String family = client.indexOf(':') >= 0 ? "ip6" : "ip";
        return "nft insert rule inet filter input " + family + " saddr " + Say.shell(client)
                + " tcp dport '{ 25, 110, 143, 465, 587, 993, 995 }' drop";
    }

    private static Advice ownMachine(String host, String client) {
        return new Advice(
                "Make our own machine " + client + " reuse its connections",
                List.of(
                        "First find the application on " + client + " that sends through " + host + ".",
                        "Let it pool connections and send several messages in one session.",
                        "If it needs more for good, add it to smtpd_client_event_limit_exceptions (default $mynetworks)."),
                "Messages of " + client + " stay as many while its connections fall.",
                "Take it out of the exceptions again.",
                NEVER);
    }

    private static Advice office(String client) {
        return new Advice(
                "If " + client + " is an office behind one address, allow it instead",
                List.of(
                        "Ask the users that log in from it whether they share it; their programs should keep few connections.",
                        "Postfix: postconf -e 'smtpd_client_event_limit_exceptions = $mynetworks, " + client
                                + "'; postfix reload"),
                "Logins of the office succeed again.",
                "Take the address out of smtpd_client_event_limit_exceptions.",
                List.of(
                        "Do not use connection limits to slow down legitimate traffic: Postfix's TUNING_README warns that"
                                + " mail will suffer grotesque delays."));
    }
}
