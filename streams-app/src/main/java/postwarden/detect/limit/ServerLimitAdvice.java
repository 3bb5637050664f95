package postwarden.detect.limit;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to do when no slot is left: remove who holds them; more slots only as far as memory bears them. */
final class ServerLimitAdvice {
    private static final List<String> NEVER = List.of(
            "Do not raise the limit while one client or a crowd of strangers takes the slots: they take whatever is added.",
            "Do not raise it beyond what memory bears: a server that swaps answers nobody.");

    private ServerLimitAdvice() {}

    static List<Advice> of(Sight sight, String cause) {
        return List.of(holders(sight, cause), slots(sight));
    }

    private static Advice holders(Sight sight, String cause) {
        String next = switch (cause) {
            case "SINGLE_SOURCE" -> "One client holds most of them: keep it away (connection-flood says how).";
            case "SLOT_HOARDING" -> "Sessions that do nothing hold them: shorten their time (slot-hoarding says how).";
            case "MANY_SOURCES" -> "Strangers in numbers hold them: screen them (distributed-flood says how).";
            case "PASSWORD_GUESSING" ->
                "Who guesses passwords holds them: slow the guessing (auth_failure_delay, fail2ban).";
            case "LOAD" -> "The load is the cause, not the number: load-shedding says where to look.";
            default -> "Mail and logins fill them: then slots are short, see below.";
        };
        return new Advice(
                "See who holds the slots of " + sight.host(),
                List.of(
                        "Now: ss -Htn state established '( sport = :25 or sport = :465 or sport = :587 or sport = :143 or sport ="
                                + " :993 or sport = :21 )' | awk '{print $4}' | sed 's/:[0-9]*$//' | sort | uniq -c | sort -rn |"
                                + " head",
                        next),
                "Fewer sessions are open than the limit, and the lines that say it end.",
                "Nothing was changed by looking.",
                NEVER);
    }

    private static Advice slots(Sight sight) {
        List<String> steps = new ArrayList<>();
        Tally window = sight.window();
        boolean mailbox = window.has(Mark.IMAP) || window.has(Mark.POP3);
        boolean ftp = window.has(Mark.FTP);
        if (ftp) {
            steps.add(
                    "Pure-FTPd: MaxClientsNumber; ProFTPD: MaxInstances and MaxClients; vsftpd: max_clients. First shorten idle"
                            + " sessions.");
        }
        if (mailbox) {
            steps.add(
                    "Dovecot: doveconf -n | grep -A6 -e login -e process_limit. service imap-login: process_limit, or with"
                            + " service_count = 0 many clients in one process (client_limit); keep default_client_limit of auth and"
                            + " anvil above the sum.");
        }
        if (!ftp && !mailbox && window.has(Mark.EXIM)) {
            steps.add("Exim: exim -bP smtp_accept_max smtp_accept_queue smtp_accept_reserve (20 unless set). Keep"
                    + " smtp_accept_queue <= smtp_accept_max: a larger one is silently taken for 0. smtp_accept_reserve with"
                    + " smtp_reserve_hosts keeps slots for partners.");
        }
        if (!ftp && !mailbox && window.has(Mark.POSTFIX)) {
            steps.add(
                    "Postfix: postconf default_process_limit smtpd_client_connection_count_limit; the smtpd line's maxproc in"
                            + " master.cf. Under stress smtpd_timeout falls to 10 s by itself; put postscreen before smtpd so that"
                            + " strangers hold no process.");
        }
        if (steps.isEmpty()) {
            steps.add("Look the limit up in the daemon's configuration; the evidence names it.");
        }
        steps.add(RamBound.OF_SESSIONS);
        return new Advice(
                "Give " + sight.host() + " more slots only when mail and logins fill them",
                steps,
                "The lines that say it end and memory is still free.",
                "Put the old value back and restart the daemon.",
                NEVER);
    }
}
