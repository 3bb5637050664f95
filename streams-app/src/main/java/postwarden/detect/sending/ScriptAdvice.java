package postwarden.detect.sending;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do about a script that sends: find it, stop it, keep a copy, close the hole. */
final class ScriptAdvice {
    private static final List<String> NEVER = List.of(
            "Do not raise any limit: it lets the spam out faster.",
            "Do not delete the script before a copy is kept: it shows the way in.",
            "Do not only delete the script: it comes back through the hole that is still open.",
            "Do not block by sender address: the script chooses it.");

    private ScriptAdvice() {}

    static List<Advice> of(String account, String place, Tally window) {
        String user = account.substring(0, Math.max(0, account.lastIndexOf('@')));
        List<Advice> advice = new ArrayList<>();
        if (window.has(Mark.POSTFIX)) {
            advice.add(postfix(user.startsWith("uid:") ? user.substring("uid:".length()) : user));
        }
        if (window.has(Mark.EXIM)) {
            advice.add(exim(user, place, window.has(Mark.CPANEL)));
        }
        advice.add(close(place));
        return advice;
    }

    private static Advice postfix(String uid) {
        return new Advice(
                "Stop the scripts of user " + Say.printable(uid) + " from sending (Postfix)",
                List.of(
                        "First see whose it is and what it sends: getent passwd " + Say.shell(uid)
                                + "; grep -F 'pickup' /var/log/mail.log | grep -F " + Say.shell("uid=" + uid + " ")
                                + " | tail -20; postcat -vq QUEUE_ID",
                        "Find the script: X-PHP-Originating-Script in the message (php.ini: mail.add_x_header = On and"
                                + " mail.log = /var/log/phpmail.log)",
                        "postconf -e 'authorized_submit_users = !USER, static:all' (USER is the name that getent gave);"
                                + " postfix reload",
                        "Hold what is queued: grep -F " + Say.shell("uid=" + uid + " ")
                                + " /var/log/mail.log | sed -n 's/.*pickup\\[[0-9]*\\]: \\([0-9A-Za-z]*\\): uid=.*/\\1/p' |"
                                + " sort -u | postsuper -h -"),
                "No line of pickup with uid=" + Say.printable(uid) + " appears any more, and this incident resolves.",
                "postconf -X authorized_submit_users; postfix reload; postsuper -H QUEUE_ID releases what was good.",
                NEVER);
    }

    private static Advice exim(String user, String place, boolean panel) {
        String log = panel ? "/var/log/exim_mainlog" : "/var/log/exim4/mainlog";
        String where = place.isEmpty() ? "cwd=/home/" + user : "cwd=" + place;
        return new Advice(
                "Stop the scripts of user " + Say.printable(user) + " from sending (Exim)",
                List.of(
                        "First see what it sends: grep -F " + Say.shell(where) + " " + log
                                + " | tail; exim -Mvh QUEUE_ID shows X-PHP-Originating-Script or X-PHP-Script",
                        panel
                                ? "Suspend the customer's outgoing mail, which stops scripts too: whmapi1"
                                        + " suspend_outgoing_email user=" + Say.shell(user)
                                : "In the ACL acl_not_smtp, at its top: deny condition = ${if eq{$sender_ident}{"
                                        + Say.printable(user) + "}} message = scripts of this user are stopped",
                        panel
                                ? "Later, in WHM: SMTP Restrictions, and Max hourly emails per domain."
                                : "Later: ratelimit = 100 / 1h / strict / $sender_ident in acl_not_smtp",
                        "Freeze what is queued: exiqgrep -i -f " + Say.shell(user + "@") + " | xargs -r exim -Mf"),
                "No <= line with U=" + Say.printable(user) + " and P=local appears any more.",
                panel
                        ? "whmapi1 unsuspend_outgoing_email user=" + Say.shell(user)
                                + "; exim -Mt QUEUE_ID thaws what was good."
                        : "Take the condition out again; exim -Mt QUEUE_ID thaws what was good.",
                NEVER);
    }

    private static Advice close(String place) {
        String below = place.isEmpty() ? "/home/USER" : place;
        return new Advice(
                "Close the hole that the script came through",
                List.of(
                        "What is new: find " + Say.shell(below) + " -type f -newermt '-7 days' -name '*.php' -ls",
                        "Keep a copy, then take it out of the web server's reach: mv FILE /root/quarantine/; chmod 000",
                        "See who put it there: the web server's access log at the file's time, FTP and panel logins before.",
                        "Update the site's software and its plugins; new passwords for panel, FTP and the site's administrators."),
                "The web server's log shows no more requests to the script's path.",
                "mv the file back, if it was the customer's own after all.",
                NEVER);
    }
}
