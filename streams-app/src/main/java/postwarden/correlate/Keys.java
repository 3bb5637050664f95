package postwarden.correlate;

import postwarden.event.Event;
import postwarden.event.LogRecord;

/** The keys of what is remembered; each begins with tenant and host, which own it. */
final class Keys {
    private Keys() {}

    /** Tenant, host, instance of the daemon and queue id: short queue ids are unique in one queue directory only. */
    static String queue(LogRecord.Line line, String queueId) {
        return line.tenant() + '/' + line.host() + '/' + instance(line.program()) + '/' + queueId;
    }

    /** A process of the instance: Postfix serves one client, or one delivery, at a time in it. */
    static String process(LogRecord.Line line) {
        return line.tenant() + '/' + line.host() + "/pid/" + line.pid();
    }

    /** Sessions of a client with one daemon; of all clients when {@code clientIp} is empty. */
    static String open(Event event, String clientIp) {
        LogRecord.Line line = event.line();
        return line.tenant() + '/' + line.host() + "/open/" + event.daemon().wireName() + '/' + clientIp;
    }

    /** Something else of the host. */
    static String of(LogRecord.Line line, String what, String name) {
        return line.tenant() + '/' + line.host() + '/' + what + '/' + name;
    }

    /** The part of a key that names tenant and host. */
    static String host(String key) {
        int tenant = key.indexOf('/');
        int host = key.indexOf('/', tenant + 1);
        return host < 0 ? key : key.substring(0, host);
    }

    private static String instance(String program) {
        if (program.startsWith("postfix/")) {
            return "postfix";
        }
        int end = program.indexOf('/');
        return end < 0 ? program : program.substring(0, end);
    }
}
