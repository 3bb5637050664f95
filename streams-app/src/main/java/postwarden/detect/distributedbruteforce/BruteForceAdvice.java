package postwarden.detect.distributedbruteforce;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do while an account is being guessed. */
final class BruteForceAdvice {
    private BruteForceAdvice() {}

    static List<Advice> of(String account, Tally window) {
        List<String> steps = new ArrayList<>();
        steps.add("First see whether one of the guesses succeeded: " + Say.lastLines(account));
        steps.add("First see where the owner logs in from: grep -e " + Say.shell("user=<" + account + ">") + " -e "
                + Say.shell("sasl_username=" + account) + " /var/log/mail.log | grep -v failed | tail -20");
        steps.add(
                "Give the account a new, long password, and a second factor or application passwords where you have them.");
        if (window.has(Mark.EXIM)) {
            steps.add(
                    "Exim with cPanel: WHM, cPHulk Brute Force Protection, with username-based protection off, so that"
                            + " the owner is not locked out.");
        }
        if (window.has(Mark.POSTFIX)) {
            steps.add("Postfix: keep AUTH off port 25 (smtpd_sasl_auth_enable = no in main.cf, -o"
                    + " smtpd_sasl_auth_enable=yes only at submission in master.cf), and set"
                    + " smtpd_client_auth_rate_limit = 10.");
        }
        steps.add(
                "Dovecot: limit where the account may log in from (passdb extra field allow_nets) if the owner's networks"
                        + " are known.");
        return List.of(new Advice(
                "Protect " + Say.printable(account) + " without locking its owner out",
                steps,
                "Refused logins of the account go on or stop, but no address that is new to it logs in.",
                "Take allow_nets and smtpd_client_auth_rate_limit out again.",
                List.of(
                        "Do not lock the account after n failures: the attacker would then lock the owner out at will.",
                        "Do not count on banning addresses: each one tries only a few times.")));
    }
}
