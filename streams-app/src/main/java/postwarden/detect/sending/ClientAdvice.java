package postwarden.detect.sending;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do about a client that sends without a login: find the program, stop what waits, take the trust away. */
final class ClientAdvice {
    private static final List<String> NEVER = List.of(
            "Do not raise any limit: it lets the spam out faster.",
            "Do not refuse 127.0.0.1 as a whole: content filters, webmail and monitors give their mail there.",
            "Do not block by sender address: the program chooses it.",
            "Do not delete queued mail before copies are kept: its headers show the way in.");

    private ClientAdvice() {}

    static List<Advice> of(Program program, Tally window) {
        List<Advice> advice = new ArrayList<>();
        if (window.has(Mark.POSTFIX)) {
            advice.add(postfix(program));
        }
        if (window.has(Mark.EXIM)) {
            advice.add(exim(program, window.has(Mark.CPANEL)));
        }
        advice.add(find(program));
        return advice;
    }

    private static Advice postfix(Program program) {
        String ip = program.name();
        boolean own = program.kind() == Program.Kind.HOST;
        List<String> steps = new ArrayList<>(List.of(
                "First see one message: grep -F " + Say.shell("[" + ip + "]") + " /var/log/mail.log | grep client= |"
                        + " tail; postcat -vq QUEUE_ID shows X-PHP-Originating-Script, X-Mailer and Received",
                "Hold what is queued: grep -F " + Say.shell("[" + ip + "]")
                        + " /var/log/mail.log | grep -v sasl_username= | grep -v orig_client= |"
                        + " sed -n 's/.*: \\([0-9A-Za-z]*\\): client=.*/\\1/p' | sort -u | postsuper -h -"));
        if (own) {
            steps.add("Let only the filter and the webmail give mail without a login: iptables -I OUTPUT -o lo -p tcp"
                    + " --dport 25 -m owner --uid-owner USER -j REJECT for the user that the program runs as");
            steps.add("Later: have programs log in on port 587, and take 127.0.0.0/8 out of mynetworks");
        } else {
            steps.add("main.cf: smtpd_client_restrictions = check_client_access cidr:/etc/postfix/stopped_clients, then"
                    + " what stands there now; in the file: " + Say.printable(ip)
                    + " REJECT this machine sends spam, call the helpdesk; postfix reload");
            steps.add("Later: mynetworks without the network of this machine, so that it must log in on port 587");
        }
        return new Advice(
                "Stop " + Say.printable(ip) + " from sending without a login (Postfix)",
                steps,
                "No line client=…[" + Say.printable(ip)
                        + "] without sasl_username= is followed by deliveries to strangers.",
                (own ? "iptables -D OUTPUT with the same rule" : "Take the line out of stopped_clients; postfix reload")
                        + "; postsuper -H QUEUE_ID releases what was good.",
                NEVER);
    }

    private static Advice exim(Program program, boolean panel) {
        String log = panel ? "/var/log/exim_mainlog" : "/var/log/exim4/mainlog";
        String ip = program.name();
        return new Advice(
                "Stop " + Say.printable(ip) + " from sending without a login (Exim)",
                List.of(
                        "First see one message: grep -F " + Say.shell("[" + ip + "]") + " " + log
                                + " | grep ' <= ' | tail; exim -Mvh QUEUE_ID shows X-PHP-Script, X-Mailer and Received",
                        "Freeze what is queued: grep -F " + Say.shell("[" + ip + "]") + " " + log
                                + " | grep ' <= ' | grep -v ' A=' | sed -n 's/.* \\([^ ]*\\) <= .*/\\1/p' | sort -u |"
                                + " xargs -r exim -Mf",
                        program.kind() == Program.Kind.HOST
                                ? "hostlist relay_from_hosts without 127.0.0.1, once filters and webmail log in or give"
                                        + " their mail by /usr/sbin/exim"
                                : "In the ACL of connect: deny hosts = " + Say.printable(ip)
                                        + " message = this machine sends spam, call the helpdesk; later hostlist"
                                        + " relay_from_hosts without its network",
                        panel ? "In WHM: SMTP Restrictions, and Max hourly emails per domain." : "Restart Exim."),
                "No <= line with [" + Say.printable(ip) + "] and without A= appears any more.",
                "The line in the configuration back as it was; exim -Mt QUEUE_ID thaws what was good.",
                NEVER);
    }

    private static Advice find(Program program) {
        boolean own = program.kind() == Program.Kind.HOST;
        return new Advice(
                own ? "Find the program of this host that sends" : "Find what runs on " + Say.printable(program.name()),
                own
                        ? List.of(
                                "While it sends: ss -tnp 'dport = :25 and dst 127.0.0.1' names the process and its user",
                                "Of a site: its files of the last days: find /var/www /home -type f -newermt '-7 days'"
                                        + " -name '*.php' -ls; its web server's log at the time of the first message",
                                "Update the site's software; new passwords for the site's administrators, FTP and panel.")
                        : List.of(
                                "Whose it is: the DHCP server's leases and the switch's table for "
                                        + Say.printable(program.name()) + " at the time of the first message",
                                "If it is a mail server or a gateway, look in its own log for the account that gave the mail",
                                "Else take it off the network, keep its disk, and look for what sends."),
                "It sends no more, and nothing of it is refused elsewhere.",
                "Nothing was changed.",
                NEVER);
    }
}
