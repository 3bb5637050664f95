package postwarden.parse.sendmail;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;

/** What Sendmail says of itself, its maps, its milters and its queue (8.12 to 8.18). */
final class SendmailNotices {
    static final List<Rule> RULES = List.of(
            new Rule("sendmail/started", "starting daemon (", SendmailNotices::started),
            Remarks.beginning(
                    "sendmail/lifecycle",
                    Kind.LIFECYCLE,
                    "started as: ",
                    "stopping daemon",
                    "restarting ",
                    "could not restart",
                    "alias database ",
                    "daemon invoked without"),
            Remarks.holding("sendmail/aliases", Kind.LIFECYCLE, " aliases, longest "),
            Remarks.beginning(
                    "sendmail/error",
                    Kind.ERROR,
                    "SYSERR",
                    "Losing ",
                    "ERROR",
                    "dferror",
                    "bogus queue file",
                    "daemon process",
                    "FAILED to grow",
                    "queueup: cannot",
                    "can't ",
                    "unable to ",
                    "Milter: initialization failed",
                    "error: safesasl",
                    "problem creating SMTP socket",
                    "opendaemonsocket",
                    "gethostbyaddr(",
                    "hash map ",
                    "milter_"),
            Remarks.framed("sendmail/milter-error", Kind.ERROR, "Milter (", "to error state"),
            Remarks.framed("sendmail/milter-error-open", Kind.ERROR, "Milter (", "error connecting"),
            Remarks.framed("sendmail/milter-error-init", Kind.ERROR, "Milter (", "init failed"),
            Remarks.framed("sendmail/milter-error-timeout", Kind.ERROR, "Milter (", "): timeout "),
            Remarks.framed("sendmail/milter-error-read", Kind.ERROR, "Milter (", " returned "),
            Remarks.beginning("sendmail/milter", Kind.OTHER, "Milter", "Sending \""),
            Remarks.beginning(
                    "sendmail/warning",
                    Kind.WARNING,
                    "Authentication-Warning: ",
                    "possible spam from <>",
                    "WARNING",
                    "Warning",
                    "warning",
                    "My unqualified host name",
                    "aliasing/forwarding loop broken",
                    "include ",
                    "forward ",
                    "WorkList for ",
                    "checkqueuerunner",
                    "timeout connecting to ",
                    "timeout waiting for input during control",
                    "Too many hops",
                    "Too many recipients",
                    "Truncated ",
                    "Fixed MIME ",
                    "Dropped invalid comments",
                    "setsender: ",
                    "cannot prescan from",
                    "Unsupported address family",
                    "Syntax error in mailbox address",
                    "8-bit character in mailbox address",
                    "dangerous permissions",
                    "queue directory ",
                    "user ",
                    "lost child",
                    "Saved message in "),
            Remarks.beginning(
                    "sendmail/note",
                    Kind.OTHER,
                    "alias ",
                    "expand ",
                    "discarded",
                    "--- ",
                    "<-- ",
                    "grew WorkList",
                    "SMTP outgoing connect on ",
                    "queueup",
                    "runqueue ",
                    "dowork",
                    "sendenvelope",
                    "dropenvelope",
                    "assigned id",
                    "unlock",
                    "locked",
                    "changed",
                    "too young",
                    "finis, pid",
                    "interrupt",
                    "disconnect level",
                    "in background",
                    "unlink",
                    "unquarantine",
                    "split: ",
                    "to=",
                    "stat=",
                    "rqe: ",
                    "map=",
                    "ldap=",
                    "poststats: ",
                    "proc_list_probe",
                    "clt_features",
                    "srv_features",
                    "x-connect",
                    "haproxy",
                    "server=",
                    "ehlo=",
                    "Received-SPF",
                    "DEBUG: "));

    private SendmailNotices() {}

    /** {@code starting daemon (8.18.1): SMTP+queueing@00:10:00}. */
    private static boolean started(Cursor cursor, Event.Builder event) {
        event.put(Field.VERSION, cursor.upTo(')'));
        return Remarks.put(Kind.LIFECYCLE, event);
    }
}
