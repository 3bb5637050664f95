package postwarden.detect.bruteforce;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do about an address that guesses, in the words of the daemons that it guesses at. */
final class GuessAdvice {
    private static final List<String> NEVER = List.of(
            "Do not lock the accounts that it tried: it would lock out whomever it names.",
            "Do not ban an address from which your own users log in: they share it.");

    private GuessAdvice() {}

    static List<Advice> of(String client, Tally window, ClientGuesses guesses) {
        List<Advice> advice = new ArrayList<>();
        if (guesses.taken() > 0) {
            advice.add(takeBack(client, window));
        }
        advice.add(window.has(Mark.PRIVATE_ADDRESS) ? ownMachine(client) : block(client, window));
        return advice;
    }

    private static Advice takeBack(String client, Tally window) {
        String accounts = String.join(", ", window.topNames("account:", 5));
        return new Advice(
                "Take the accounts back that " + client + " got into",
                List.of(
                        "First see which: " + Say.lastLines(client) + " (it tried and used, among others: "
                                + Say.printable(accounts) + ")",
                        "For each: a new password, doveadm kick ACCOUNT, doveadm auth cache flush ACCOUNT, and a look at"
                                + " what was sent since; see compromised-account's runbook."),
                "No login from " + client + " is granted any more.",
                "None: passwords stay new.",
                NEVER);
    }

    private static Advice block(String client, Tally window) {
        List<String> steps = new ArrayList<>();
        steps.add("First see that nobody of yours is behind it: " + Say.lastLines(client));
        steps.add(
                "Block it for a day where you have one of these, on all hosts: fail2ban-client set postfix-sasl banip "
                        + Say.shell(client) + " (jail dovecot: the same); cscli decisions add --range "
                        + Say.shell(range(client)) + " --duration 24h; csf -td " + Say.shell(client) + " 86400");
        if (window.has(Mark.POSTFIX)) {
            steps.add("Postfix: postconf -e smtpd_client_auth_rate_limit=10 (3.1 and later; clients in mynetworks are"
                    + " exempt), AUTH at submission only (smtpd_sasl_auth_enable = no in main.cf, -o"
                    + " smtpd_sasl_auth_enable=yes in master.cf); postfix reload");
        }
        if (window.has(Mark.EXIM)) {
            steps.add(
                    window.has(Mark.CPANEL)
                            ? "cPanel: whmapi1 create_cphulk_record list_name=black ip=" + Say.shell(client)
                            : "Exim, in acl_smtp_auth: deny ratelimit = 10 / 10m / strict / auth:$sender_host_address");
        }
        if (window.has(Mark.DOVECOT)) {
            steps.add(
                    "Dovecot: auth_failure_delay = 5 secs; keep service anvil, whose auth_penalty slows an address that"
                            + " guesses; doveadm reload");
        }
        return new Advice(
                "Keep " + client + " away from logins",
                steps,
                "Refused logins from " + client + " stop, and nobody of yours complains.",
                "fail2ban-client set postfix-sasl unbanip " + Say.shell(client) + "; cscli decisions delete --range "
                        + Say.shell(range(client)) + "; take the settings out again.",
                NEVER);
    }

    private static Advice ownMachine(String client) {
        return new Advice(
                "Find who guesses through our own machine " + client,
                List.of(
                        "First see what runs there: a web mail, a relay, a monitor with an old password.",
                        "Web mail: read its own access log for the addresses behind the refused logins, and block those;"
                                + " Roundcube logs them to logs/userlogins.log (log_logins = true).",
                        "A proxy: have it hand the clients' addresses on, or nobody can be told from anybody: HAProxy send-proxy with"
                                + " Postfix smtpd_upstream_proxy_protocol = haproxy or postscreen_upstream_proxy_protocol, Dovecot"
                                + " haproxy = yes at its listener and haproxy_trusted_networks; a webmail with Dovecot's"
                                + " login_trusted_networks sends them by IMAP ID.",
                        "A program of ours: give it the right password."),
                "Refused logins from " + client + " stop.",
                "Nothing was changed on the mail servers.",
                NEVER);
    }

    private static String range(String client) {
        return client.indexOf('/') >= 0 ? client : client + (client.indexOf(':') >= 0 ? "/128" : "/32");
    }
}
