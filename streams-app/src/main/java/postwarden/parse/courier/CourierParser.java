package postwarden.parse.courier;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Courier 0.60 to 2.0. {@code courierlogger} makes syslog's level of a word such as {@code INFO: } at the beginning, but
 * not of every program's. {@code imapd} and {@code pop3d} are programs of Cyrus and of the University of Washington as
 * well, so these rules take nothing but what Courier writes.
 */
public final class CourierParser implements DaemonParser {
    private static final Set<String> PROGRAMS = Set.of(
            "imapd",
            "imapd-ssl",
            "pop3d",
            "pop3d-ssl",
            "imaplogin",
            "pop3login",
            "couriertls",
            "esmtpd",
            "esmtpd-ssl",
            "esmtpd-msa",
            "authdaemond",
            "submit",
            "sqwebmaild",
            "webadmin");

    private static final List<String> LEVELS = List.of("INFO: ", "DEBUG: ", "WARN: ", "ERR: ", "ALERT: ", "CRIT: ");

    private final RuleList rules;

    /** @param replies what replies of the other side mean */
    public CourierParser(Replies replies) {
        List<Rule> all = new ArrayList<>(CourierSessions.RULES);
        all.addAll(new CourierMail(replies).rules());
        all.add(Remarks.beginning(
                "courier/lifecycle",
                Kind.LIFECYCLE,
                "modules=\"",
                "Installing ",
                "Uninstalling ",
                "Installation complete",
                "stopping authdaemond",
                "restarting authdaemond",
                "couriertcpd: ready",
                "SHUTDOWN: ",
                "Started ",
                "Waiting.  shutdown",
                "queuelo="));
        all.add(Remarks.beginning(
                "courier/error",
                Kind.ERROR,
                "authentication error",
                "authdaemon: ",
                "couriertls: ",
                "chdir ",
                "exec(",
                "failed to connect to ",
                "Low on disk space",
                "ABNORMAL TERMINATION",
                "EXIT: ",
                "MODULE ",
                "Unexpected SSL connection shutdown",
                "LOCKED, ",
                "Error",
                "error storing a message",
                "error sending a message",
                "I/O error",
                "[Hint: ",
                "Cannot ",
                "Unable to ",
                "submit terminated",
                "QUEUE FILE CORRUPTION",
                "No such file",
                "tlscache",
                "Configuration error",
                "received error from ",
                "Connection reset by peer",
                "Connection timed out"));
        all.add(Remarks.beginning(
                "courier/note",
                Kind.OTHER,
                "LOGIN: ",
                "TLSCACHE",
                "EXPUNGED, ",
                "DELETED, ",
                "ID, ",
                "Authenticated: ",
                "received auth request",
                "auth",
                "password ",
                "supplied password",
                "raw ",
                "Purging ",
                "starttls"));
        rules = new RuleList(all);
    }

    @Override
    public boolean owns(String program) {
        return program.startsWith("courier") || program.startsWith("authdaemond") || PROGRAMS.contains(program);
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.COURIER);
        Cursor cursor = new Cursor(event.line().message());
        skipLevel(cursor);
        String service = service(event.line().program());
        if (!service.isEmpty()) {
            event.put(Field.SERVICE, service);
        }
        if (!rules.read(cursor, event)) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        return rules.rules();
    }

    private static void skipLevel(Cursor cursor) {
        for (String level : LEVELS) {
            if (cursor.take(level)) {
                return;
            }
        }
    }

    private static String service(String program) {
        if (program.contains("esmtpd")) {
            return program.endsWith("-msa") ? "submission" : "smtp";
        }
        if (program.contains("imap")) {
            return "imap";
        }
        return program.contains("pop3") ? "pop3" : "";
    }
}
