package postwarden.detect.distributedflood;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do about a crowd: screen strangers cheaply, keep slots for who is known. */
final class CrowdAdvice {
    private static final List<String> NEVER = List.of(
            "Do not raise smtp_accept_max, default_process_limit or the limits of one client: a crowd takes whatever is added.",
            "Do not block whole networks of providers by hand: most of their clients are others.",
            "Do not lower limits of one client far enough to stop a crowd: each of its members stays below any.");

    private CrowdAdvice() {}

    static List<Advice> of(String host, Tally window) {
        List<Advice> advice = new ArrayList<>();
        if (window.has(Mark.POSTFIX)) {
            advice.add(postfix(host));
        }
        if (window.has(Mark.EXIM)) {
            advice.add(exim(host, window));
        }
        if (advice.isEmpty()) {
            advice.add(edge(host));
        }
        return advice;
    }

    private static Advice postfix(String host) {
        return new Advice(
                "Screen strangers before they reach smtpd on " + host,
                List.of(
                        "See what they have in common: grep -F ' connect from ' /var/log/mail.log | tail -1000 | grep -oE"
                                + " '\\[[0-9a-f.:]+\\]' | sort | uniq -c | sort -rn | head -30",
                        "Is postscreen in front? postconf -M smtp/inet: it must end in postscreen, with smtpd/pass behind it.",
                        "postconf -e postscreen_greet_action=enforce 'postscreen_dnsbl_sites = zen.spamhaus.org*2'"
                                + " postscreen_dnsbl_threshold=2 postscreen_dnsbl_action=enforce (a list that you may use); postfix"
                                + " reload",
                        "Partners first: postscreen_access_list = permit_mynetworks,"
                                + " cidr:/etc/postfix/postscreen_access.cidr with their networks as permit.",
                        "Under stress smtpd_timeout falls to 10 s and smtpd_hard_error_limit to 1 by themselves (stress="
                                + " appears in ps); do not set them by hand."),
                "Fewer smtpd processes run (ps -C smtpd | wc -l) and partners' mail arrives.",
                "postconf -X for what was set and postfix reload.",
                NEVER);
    }

    private static Advice exim(String host, Tally window) {
        String where = window.has(Mark.CPANEL)
                ? "In WHM, Exim Configuration Manager, Advanced Editor: "
                : "In Exim's main configuration: ";
        return new Advice(
                "Keep slots of Exim on " + host + " for who is known",
                List.of(
                        "See what they have in common: exigrep 'SMTP connection from' /var/log/exim_mainlog | tail -300 (Debian:"
                                + " /var/log/exim4/mainlog)",
                        where + "smtp_accept_reserve = 10 with smtp_reserve_hosts = the partners' networks",
                        "In the ACL of smtp_connect: drop dnslists = zen.spamhaus.org (a list that you may use), before anything"
                                + " costly; smtp_receive_timeout = 1m while it lasts.",
                        "Keep smtp_accept_queue <= smtp_accept_max: Exim silently takes a larger one for 0."),
                "Partners' mail arrives, and the refusals name strangers only.",
                "Take the options out again and restart Exim.",
                NEVER);
    }

    private static Advice edge(String host) {
        return new Advice(
                "Let the edge meet the crowd before " + host + " does",
                List.of(
                        "See what they have in common: networks, HELO names, what they ask for.",
                        "Limit new connections by source at the firewall, with partners' networks allowed first; ask the provider"
                                + " to filter upstream where one network leads."),
                "Different clients in a minute fall below half the floor.",
                "Remove the firewall's rule.",
                NEVER);
    }
}
