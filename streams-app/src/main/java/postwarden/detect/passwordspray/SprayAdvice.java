package postwarden.detect.passwordspray;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do about a campaign that no limit sees: find what it opened, then make its password useless. */
final class SprayAdvice {
    private static final String LOGS =
            "/var/log/mail.log /var/log/maillog /var/log/exim4/mainlog /var/log/exim_mainlog";

    private SprayAdvice() {}

    static List<Advice> of(String host, Tally window) {
        List<String> steps = new ArrayList<>();
        steps.add("First list the addresses that were refused lately: " + addresses(window) + " > /tmp/refused");
        steps.add("First see whether one of them logged in anywhere: grep -hFs -f /tmp/refused " + LOGS
                + " | grep -e 'Login: user=' -e 'Logged in' -e 'sasl_username=.*, sasl_sender' -e 'client=.*sasl_username='"
                + " -e ' <= .* A='; such an account first: new password, doveadm kick");
        steps.add("Give the list to what blocks for all hosts of yours: cscli decisions import -i /tmp/refused --format"
                + " values --duration 24h; or fail2ban-client set postfix-sasl banip for each");
        steps.add(
                "Audit passwords: the season, the year, the company's name and 123456 are what is sprayed; refuse them when"
                        + " passwords are set, and ask for a second factor or application passwords");
        if (window.has(Mark.POSTFIX)) {
            steps.add("Postfix: AUTH at submission only (smtpd_sasl_auth_enable = no in main.cf, -o"
                    + " smtpd_sasl_auth_enable=yes at submission and submissions in master.cf); postfix reload");
        }
        if (window.has(Mark.EXIM)) {
            steps.add(
                    "Exim: auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}, and in acl_smtp_connect a DNS list of"
                            + " exploited machines for the submission ports; cPanel: cPHulk with address-based protection");
        }
        if (window.has(Mark.DOVECOT)) {
            steps.add("Dovecot: auth_policy_server_url with weakforced, which knows the addresses of all hosts;"
                    + " auth_failure_delay = 5 secs");
        }
        return List.of(new Advice(
                "Find what the spray opened on " + host + ", and block its sources",
                steps,
                "Accounts with refused logins fall below half the floor, and no login comes from the listed addresses.",
                "cscli decisions delete --origin cscli-import; take the settings out again and reload.",
                List.of(
                        "Do not lock accounts after n failures: a spray would lock out everybody.",
                        "Do not count on a ban after n failures of one address: each stays below it.",
                        "Do not block the list before you have taken your own users' addresses out of it.")));
    }

    private static String addresses(Tally window) {
        String log = "tail -n 20000 " + LOGS + " 2>/dev/null | grep -e 'auth failed' -e 'authentication failed' -e"
                + " 'authenticator failed'";
        String ip = "'[0-9a-fA-F]*[.:][0-9a-fA-F.:]*[0-9a-fA-F]'";
        return log
                + (window.has(Mark.DOVECOT)
                        ? " | grep -o -e \"rip=[^,]*\" -e '\\[[0-9a-fA-F.:]*\\]'"
                        : " | grep -o '\\[[0-9a-fA-F.:]*\\]'")
                + " | grep -o " + ip + " | sort | uniq -c | sort -rn | awk '{print $2}'";
    }
}
