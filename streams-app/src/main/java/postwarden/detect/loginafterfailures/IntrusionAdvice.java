package postwarden.detect.loginafterfailures;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do about an account that somebody may just have opened: look, hold its sending, take it back. */
final class IntrusionAdvice {
    private IntrusionAdvice() {}

    static List<Advice> of(String account, Tally window) {
        String name = Say.shell(account);
        List<String> steps = new ArrayList<>();
        steps.add("First see who logged in and from where: " + Say.lastLines(account));
        steps.add("First ask the owner by telephone whether it was them; not by mail, which the thief may read.");
        if (window.has(Mark.POSTFIX)) {
            steps.add(
                    "Hold its sending (Postfix): echo " + Say.shell(account + " REJECT account held, call the helpdesk")
                            + " >> /etc/postfix/sasl_access && postmap hash:/etc/postfix/sasl_access; check_sasl_access"
                            + " hash:/etc/postfix/sasl_access first in smtpd_recipient_restrictions of submission (2.11 and later)");
        }
        if (window.has(Mark.EXIM)) {
            steps.add(
                    window.has(Mark.CPANEL)
                            ? "Hold its sending (cPanel): uapi --user=CPANEL_USER Email hold_outgoing email=" + name
                            : "Hold its sending (Exim): echo " + name
                                    + " >> /etc/exim4/blocked_logins, denied in the ACL of"
                                    + " MAIL by $authenticated_id");
        }
        steps.add("New password; revoke application passwords; doveadm kick " + name + "; doveadm auth cache flush "
                + name);
        steps.add("Look for what was left behind: doveadm sieve list -u " + name
                + "; forwards, autoresponders, filters.");
        return List.of(new Advice(
                "Find out who logged in to " + Say.printable(account) + ", and take it back if it was not the owner",
                steps,
                "Logins of the account come from its owner's addresses only, and nothing new of it is in the queue.",
                "Take the line out of sasl_access and postmap it (Exim: out of blocked_logins; cPanel: release_outgoing)"
                        + " when it was the owner.",
                List.of(
                        "Do not only change the password: sessions that are logged in and the authentication cache go on"
                                + " working.",
                        "Do not wait for spam: passwords that were guessed are mostly used within a day.",
                        "Do not lock the account after n failures: strangers would then lock its owner out at will.")));
    }
}
