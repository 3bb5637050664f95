package postwarden.parse.exim;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Exim's lines about itself: daemon, queue runs, command lines, names that do not resolve, panics.
 *
 * <p>A queue run is no life-cycle event: it comes every few minutes on a healthy host, and a restart must stand out.
 */
final class EximDaemon {
    static final List<Rule> RULES = List.of(
            new Rule("exim/command-line", "cwd=", EximDaemon::commandLine),
            new Rule("exim/no-host-name", "no host name found for IP address ", EximDaemon::noHostName),
            new Rule("exim/no-address", "no IP address found for host ", EximDaemon::noAddress),
            new Rule("exim/queue-run", "Start ", EximDaemon::queueRun),
            new Rule("exim/queue-run-end", "End ", EximDaemon::queueRun),
            new Rule("exim/started", "exim ", EximDaemon::started),
            new Rule("exim/signal", "pid ", EximDaemon::signal),
            new Rule("exim/bind-failed", "socket bind() to port ", EximDaemon::lifecycle),
            new Rule("exim/cpanel-login", "SMTP connection identification ", EximDaemon::other),
            new Rule("exim/cpanel-outbound", "SMTP connection outbound ", EximDaemon::other),
            new Rule("exim/warning", "Warning: ", EximDaemon::other),
            new Rule("exim/list-forced", "list matching forced to fail: ", EximDaemon::other),
            new Rule("exim/spool-create", "Failed to create spool file", EximDaemon::error),
            new Rule("exim/spool-space", "spool directory space check failed", EximDaemon::error),
            new Rule("exim/log-open", "Cannot open main log file", EximDaemon::error),
            new Rule("exim/hints-lock", "Failed to get write lock for ", EximDaemon::error),
            new Rule("exim/hints-open", "failed to open DB file ", EximDaemon::error),
            new Rule("exim/tainted", "Tainted ", EximDaemon::error));

    private EximDaemon() {}

    /** {@code cwd=/home/shop 3 args: /usr/sbin/sendmail -t -i}. */
    private static boolean commandLine(Cursor cursor, Event.Builder event) {
        int from = cursor.at();
        int args = cursor.text().indexOf(" args: ", from);
        int count = args < 0 ? -1 : cursor.text().lastIndexOf(' ', args - 1);
        if (count < from) {
            return false;
        }
        event.kind(Kind.OTHER)
                .put(Field.WORKING_DIRECTORY, cursor.text().substring(from, count))
                .put(Field.ARGUMENTS, cursor.text().substring(args + " args: ".length()));
        return true;
    }

    private static boolean noHostName(Cursor cursor, Event.Builder event) {
        String ip = Addresses.canonical(cursor.word());
        if (ip.isEmpty()) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.CLIENT_IP, ip).put(Field.REASON, Reason.DNS_NOT_FOUND);
        return true;
    }

    private static boolean noAddress(Cursor cursor, Event.Builder event) {
        cursor.word();
        if (cursor.take(" (during SMTP connection from ") && !EximPeer.read(cursor, event)) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.REASON, Reason.DNS_NOT_FOUND);
        return true;
    }

    private static boolean queueRun(Cursor cursor, Event.Builder event) {
        if (cursor.take('\'')) {
            cursor.upTo("' ");
        }
        if (!cursor.take("queue run: pid=")) {
            return false;
        }
        event.kind(Kind.OTHER);
        return true;
    }

    private static boolean started(Cursor cursor, Event.Builder event) {
        String version = cursor.word();
        if (!cursor.take(" daemon started: ")) {
            return false;
        }
        event.kind(Kind.LIFECYCLE).put(Field.TEXT, "exim " + version + " daemon started");
        return true;
    }

    private static boolean signal(Cursor cursor, Event.Builder event) {
        if (cursor.number() < 0 || (!cursor.sees(": SIGHUP received") && !cursor.sees(": SIGTERM received"))) {
            return false;
        }
        return lifecycle(cursor, event);
    }

    private static boolean lifecycle(Cursor cursor, Event.Builder event) {
        event.kind(Kind.LIFECYCLE).put(Field.TEXT, cursor.text());
        return true;
    }

    private static boolean other(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.text());
        return true;
    }

    private static boolean error(Cursor cursor, Event.Builder event) {
        event.kind(Kind.ERROR).put(Field.TEXT, cursor.text());
        return true;
    }
}
