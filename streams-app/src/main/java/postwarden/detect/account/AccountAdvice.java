package postwarden.detect.account;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do about a stolen account: first stop its sending, then take it back, then clean up; limits last of all. */
public final class AccountAdvice {
    private static final List<String> NEVER = List.of(
            "Do not raise any limit: it lets the spam out faster.",
            "Do not only change the password: sessions that are logged in and the authentication cache go on working.",
            "Do not block by sender address (check_sender_access): the thief chooses it.",
            "Do not suspend the whole customer for one mailbox.",
            "Do not delete queued mail before copies are kept as evidence.");

    private AccountAdvice() {}

    public static List<Advice> stolen(String account, Tally hour) {
        List<Advice> advice = new ArrayList<>();
        if (hour.has(Mark.POSTFIX)) {
            advice.add(postfix(account));
        }
        if (hour.has(Mark.EXIM)) {
            advice.add(hour.has(Mark.CPANEL) ? cpanel(account) : exim(account));
        }
        advice.add(takeBack(account));
        return advice;
    }

    /** A look first: the sender may be a customer with an old list. */
    public static List<Advice> suspicious(String account, Tally hour) {
        List<Advice> advice = new ArrayList<>();
        advice.add(new Advice(
                "Look at what " + Say.printable(account) + " sends before stopping it",
                List.of(
                        "Read the logins and clients: " + Say.lastLines(account),
                        "Ask the owner whether a list was imported or a mailing begun.",
                        "If it is theirs: let them drop addresses that bounced, send in batches, and use a mailing service;"
                                + " a limit by account (100 recipients an hour) keeps the rest of the server's mail safe.",
                        "If it is not: take the steps below."),
                "Bounces of unknown recipients stop.",
                "Nothing was changed.",
                NEVER));
        advice.addAll(stolen(account, hour));
        return advice;
    }

    private static Advice postfix(String account) {
        String name = Say.shell(account);
        return new Advice(
                "Stop " + Say.printable(account) + " from sending (Postfix)",
                List.of(
                        "First see that it is not the owner: " + Say.lastLines(account),
                        "echo " + Say.shell(account + " REJECT account suspended, call the helpdesk")
                                + " >> /etc/postfix/sasl_access && postmap hash:/etc/postfix/sasl_access",
                        "master.cf, submission and submissions: -o smtpd_recipient_restrictions=check_sasl_access"
                                + " hash:/etc/postfix/sasl_access,permit_sasl_authenticated,reject (Postfix 2.11 and later)",
                        "main.cf: smtpd_sender_login_maps set, and reject_sender_login_mismatch in"
                                + " smtpd_sender_restrictions, so that no login sends in another's name; postfix reload",
                        "doveadm kick " + name + "; doveadm auth cache flush " + name,
                        "Hold what is queued, by login: grep -F " + Say.shell("sasl_username=" + account)
                                + " /var/log/mail.log | sed -n 's/.*: \\([0-9A-Za-z]*\\): client=.*/\\1/p' | sort -u |"
                                + " postsuper -h -"),
                "No line with sasl_username=" + Say.printable(account)
                        + " and client= appears any more, and mailq shows its messages with !",
                "Take the line out of sasl_access and postmap it; postsuper -H QUEUE_ID releases what was good.",
                NEVER);
    }

    private static Advice exim(String account) {
        return new Advice(
                "Stop " + Say.printable(account) + " from sending (Exim)",
                List.of(
                        "First see that it is not the owner: " + Say.lastLines(account),
                        "echo " + Say.shell(account) + " >> /etc/exim4/blocked_logins",
                        "In the ACL of MAIL, at its top: deny authenticated = * condition ="
                                + " ${lookup{$authenticated_id}lsearch{/etc/exim4/blocked_logins}{yes}{no}} message ="
                                + " account suspended, call the helpdesk",
                        "Restart Exim, so that open sessions end; doveadm auth cache flush " + Say.shell(account)
                                + " where Dovecot checks passwords",
                        freeze(account, "/var/log/exim4/mainlog"),
                        "Later, for every account: ratelimit = 100 / 1h / per_rcpt / strict / $authenticated_id"),
                "No <= line with A=…:" + Say.printable(account) + " appears any more.",
                "Take the account out of blocked_logins; exim -Mt QUEUE_ID thaws what was good.",
                NEVER);
    }

    private static Advice cpanel(String account) {
        return new Advice(
                "Stop " + Say.printable(account) + " from sending (cPanel)",
                List.of(
                        "First see that it is not the owner: " + Say.lastLines(account),
                        "Suspend this mailbox's outgoing mail, not the customer: uapi --user=CPANEL_USER Email"
                                + " suspend_outgoing email=" + Say.shell(account),
                        freeze(account, "/var/log/exim_mainlog"),
                        "doveadm kick " + Say.shell(account),
                        "Look for scripts of the same customer: grep cwd=/home/CPANEL_USER /var/log/exim_mainlog | tail",
                        "Later, in WHM: cPHulk, SMTP Restrictions, and Max hourly emails per domain."),
                "No <= line with A=…:" + Say.printable(account) + " appears any more.",
                "uapi --user=CPANEL_USER Email unsuspend_outgoing email=" + Say.shell(account)
                        + "; exim -Mt QUEUE_ID thaws what was good.",
                NEVER);
    }

    private static String freeze(String account, String log) {
        return "Freeze what is queued, by login: grep -F " + Say.shell(":" + account + " ") + " " + log
                + " | sed -n 's/.* \\([^ ]*\\) <= .*/\\1/p' | sort -u | xargs -r exim -Mf";
    }

    private static Advice takeBack(String account) {
        String name = Say.shell(account);
        return new Advice(
                "Take " + Say.printable(account) + " back",
                List.of(
                        "New passwords for mail, FTP and SSH, all three; revoke application passwords and tokens.",
                        "Look for what the thief left: doveadm sieve list -u " + name
                                + "; forwards and autoresponders of the mailbox; new contacts and filters.",
                        "Read what was taken: logins from the same addresses to other accounts; grep for each address in the"
                                + " mail logs of all hosts.",
                        "After that, and only then: delisting where the outgoing address was listed."),
                "Logins of the account come from its owner's addresses only.",
                "None: passwords stay new.",
                NEVER);
    }
}
