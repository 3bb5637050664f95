package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LocalAddress;

/** Which daemon and which service a tally is about. */
final class Marks {
    private Marks() {}

    static void daemon(Tally tally, Event event) {
        switch (event.daemon()) {
            case POSTFIX -> tally.mark(Mark.POSTFIX);
            case EXIM -> tally.mark(Mark.EXIM);
            case DOVECOT -> tally.mark(Mark.DOVECOT);
            case PURE_FTPD -> tally.mark(Mark.PURE_FTPD);
            case PROFTPD, VSFTPD, SENDMAIL, OPENSMTPD, COURIER, CYRUS, UW_IMAP, EXCHANGE -> {
                // Without a mark: no advice is written for them yet.
            }
            case CPANEL, SASLAUTHD, PAM, RSPAMD, AMAVIS, SPAMASSASSIN, CLAMAV, OPENDKIM, OPENDMARC, POLICYD -> {
                // Beside a mail daemon, which has lines of its own.
            }
            case POSTGREY, POSTFWD, FILTER, SYSLOG, UNKNOWN -> {
                // No mail daemon.
            }
        }
    }

    static void client(Tally tally, Event event, String ip) {
        daemon(tally, event);
        if (LocalAddress.isPrivate(ip)) {
            tally.mark(Mark.PRIVATE_ADDRESS);
        }
        service(tally, event);
    }

    /** Which service a line is about, where it says so. */
    static void service(Tally tally, Event event) {
        switch (event.text(Field.SERVICE, "")) {
            case "smtp" -> tally.mark(Mark.SMTP);
            case "submission", "submissions" -> tally.mark(Mark.SUBMISSION);
            case "imap" -> tally.mark(Mark.IMAP);
            case "pop3" -> tally.mark(Mark.POP3);
            case "ftp" -> tally.mark(Mark.FTP);
            default -> {
                // Said by no line, or a service without a mark.
            }
        }
    }
}
