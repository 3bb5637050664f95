package postwarden.parse.dovecot;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** Dovecot's master process and its other helpers: start, stop, crash, limits of a whole service. */
final class DovecotMaster {
    static final List<Rule> RULES = List.of(
            new Rule("dovecot-master/started", "Dovecot v", DovecotMaster::lifecycle),
            new Rule("dovecot-master/reload", "Warning: SIGHUP received", DovecotMaster::lifecycle),
            new Rule("dovecot-master/killed", "Warning: Killed with signal ", DovecotMaster::lifecycle),
            new Rule("dovecot-master/stopped", "Warning: Stopped ", DovecotMaster::lifecycle),
            new Rule("dovecot-master/process-limit", "Warning: service(", DovecotMaster::processLimit),
            new Rule("dovecot-master/child-crashed", "Error: service(", DovecotMaster::childCrashed),
            new Rule("dovecot-master/child-crashed-fatal", "Fatal: ", DovecotMaster::childCrashed),
            new Rule("dovecot-master/start-failed", "Error: service(", DovecotMaster::startFailed),
            new Rule("dovecot-master/time-moved", "Warning: Time moved ", DovecotMaster::warning));

    private DovecotMaster() {}

    private static boolean lifecycle(Cursor cursor, Event.Builder event) {
        event.kind(Kind.LIFECYCLE).put(Field.TEXT, cursor.text());
        return true;
    }

    /**
     * {@code service(imap-login): process_limit (60) reached, client connections are being dropped}; at most once a second
     * and service (service-monitor.c, SERVICE_DROP_WARN_INTERVAL_SECS), however many are dropped.
     */
    private static boolean processLimit(Cursor cursor, Event.Builder event) {
        String service = cursor.upTo("): ");
        cursor.take("Warning: ");
        if (!cursor.take("process_limit (")
                && !cursor.take("client_limit (")
                && !cursor.take("client_limit/restart_request_count (")
                && !cursor.take("client_limit/service_count (")) {
            return false;
        }
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.LIMIT, Limit.SERVER_PROCESSES)
                .put(Field.LIMIT_VALUE, cursor.number())
                .put(Field.REASON, Reason.TOO_MANY_CONNECTIONS)
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.LOWER_BOUND, true);
        service(service, event);
        return true;
    }

    private static boolean childCrashed(Cursor cursor, Event.Builder event) {
        return (cursor.ahead(" killed with signal ") || cursor.ahead(" returned error ")) && lifecycle(cursor, event);
    }

    private static boolean startFailed(Cursor cursor, Event.Builder event) {
        if (!cursor.ahead("command startup failed")) {
            return false;
        }
        event.kind(Kind.ERROR).put(Field.TEXT, cursor.text());
        return true;
    }

    private static boolean warning(Cursor cursor, Event.Builder event) {
        event.kind(Kind.WARNING).put(Field.TEXT, cursor.text());
        return true;
    }

    private static void service(String name, Event.Builder event) {
        String service = name.endsWith("-login") ? name.substring(0, name.length() - "-login".length()) : name;
        if (List.of("imap", "pop3", "lmtp", "submission").contains(service)) {
            event.put(Field.SERVICE, service);
        } else if (service.equals("managesieve")) {
            event.put(Field.SERVICE, "sieve");
        }
    }
}
