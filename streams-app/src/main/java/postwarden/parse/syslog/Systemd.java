package postwarden.parse.syslog;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** Lines of the service manager about its units (systemd 252, {@code src/core/job.c} and {@code service.c}; 219 and 232 too). */
final class Systemd {
    /** What the names and descriptions of mail and log services hold, in lower case. */
    private static final String[] MAIL = {
        "mail",
        "postfix",
        "dovecot",
        "exim",
        "courier",
        "cyrus",
        "smtp",
        "imap",
        "pop3",
        "ftpd",
        "ftp server",
        "spam",
        "amavis",
        "clam",
        "opendkim",
        "opendmarc",
        "postgrey",
        "milter",
        "policyd",
        "postsrsd",
        "sasl",
        "syslog",
        "journal"
    };

    static final List<Rule> RULES = List.of(
            new Rule("systemd/suppressed", "", Systemd::suppressed),
            new Rule(
                    "systemd/mail-unit",
                    "",
                    (cursor, event) -> !isOfPam(cursor)
                            && Remark.containing(Kind.LIFECYCLE, MAIL).read(cursor, event)),
            new Rule(
                    "systemd/note",
                    "",
                    (cursor, event) ->
                            !isOfPam(cursor) && Remark.text(Kind.OTHER).read(cursor, event)));

    private Systemd() {}

    private static boolean suppressed(Cursor cursor, Event.Builder event) {
        return Remark.lost(cursor, event, " output lines suppressed due to ratelimiting");
    }

    /** PAM writes under the name of whoever asks it. */
    private static boolean isOfPam(Cursor cursor) {
        return cursor.sees("pam_") || cursor.sees("(pam_") || cursor.sees("PAM ");
    }
}
