package postwarden.parse.exim;

import java.util.List;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Exim's lines about itself: daemon, queue runs, command lines, names that do not resolve (daemon.c, queue.c, exim.c,
 * host.c, 4.94 to 4.100).
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
            new Rule("exim/queue-run-abandoned", "Abandon queue run: ", EximDaemon::abandoned),
            new Rule("exim/started", "exim ", EximDaemon::started),
            new Rule("exim/signal", "pid ", EximDaemon::signal),
            new Rule("exim/bind-failed", "socket bind() to port ", EximDaemon::lifecycle),
            new Rule("exim/sa-exim", "SA: ", EximDaemon::saExim));

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
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        event.kind(Kind.OTHER).put(Field.REASON, Reason.DNS_NOT_FOUND);
        return true;
    }

    /** {@code name (during SMTP connection from client)}; the name is a stranger's and holds no space. */
    private static boolean noAddress(Cursor cursor, Event.Builder event) {
        cursor.word();
        if (cursor.take(" (during SMTP connection ")) {
            if (cursor.take("Ci=")) {
                cursor.word();
                cursor.take(' ');
            }
            cursor.take("from ");
            Optional<EximPeer> peer = EximPeer.read(cursor);
            peer.ifPresent(client -> client.putInto(event));
        }
        event.kind(Kind.OTHER).put(Field.REASON, Reason.DNS_NOT_FOUND);
        return true;
    }

    private static boolean queueRun(Cursor cursor, Event.Builder event) {
        cursor.take("ODMR ");
        if (cursor.take('\'')) {
            cursor.upTo("' ");
        }
        if (!cursor.take("queue run: pid=")) {
            return false;
        }
        event.kind(Kind.OTHER);
        return true;
    }

    /** {@code pid=82 (load 12.30, max 10.00)}. */
    private static boolean abandoned(Cursor cursor, Event.Builder event) {
        event.kind(Kind.WARNING).put(Field.REASON, Reason.OVERLOADED).put(Field.TEXT, cursor.text());
        cursor.upTo("(load ");
        double load = cursor.decimal();
        if (!Double.isNaN(load)) {
            event.put(Field.LOAD, load);
        }
        return true;
    }

    private static boolean started(Cursor cursor, Event.Builder event) {
        String version = cursor.word();
        boolean began = cursor.take(" daemon started: ");
        if (!began && !cursor.take(" daemon terminating")) {
            return false;
        }
        event.kind(Kind.LIFECYCLE)
                .put(Field.VERSION, version)
                .put(Field.TEXT, "exim " + version + " daemon " + (began ? "started" : "terminating"));
        return true;
    }

    private static boolean signal(Cursor cursor, Event.Builder event) {
        cursor.word();
        if (!cursor.text().startsWith(": SIG", cursor.at() - 1)
                && !cursor.text().startsWith(": exec of ", cursor.at() - 1)) {
            return false;
        }
        return lifecycle(cursor, event);
    }

    private static boolean lifecycle(Cursor cursor, Event.Builder event) {
        event.kind(Kind.LIFECYCLE).put(Field.TEXT, cursor.text());
        return true;
    }

    private static boolean saExim(Cursor cursor, Event.Builder event) {
        if (cursor.take("Action: ")) {
            return EximSpam.saExim(cursor, event);
        }
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.rest());
        return true;
    }
}
