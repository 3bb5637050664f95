package postwarden.parse.rule;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;

/**
 * What the TCP wrappers say under the name of the daemon they guard (7.6, refuse.c, tcpd.c): {@code refused connect from
 * host (192.0.2.1)}, {@code connect from 192.0.2.1}. Where an ident answer or a name stands first, only the address at the
 * end is taken.
 */
public final class TcpWrappers {
    private TcpWrappers() {}

    /** The rules, named for the daemon. */
    public static List<Rule> rules(String daemon) {
        return List.of(
                new Rule(daemon + "/wrappers-refused", "refused connect from ", TcpWrappers::refused),
                new Rule(daemon + "/wrappers-connect", "connect from ", TcpWrappers::connect));
    }

    private static boolean refused(Cursor cursor, Event.Builder event) {
        event.kind(Kind.REJECT)
                .put(Field.STAGE, Stage.CONNECT)
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.REASON, Reason.ACCESS_DENIED);
        return client(cursor.rest(), event);
    }

    private static boolean connect(Cursor cursor, Event.Builder event) {
        event.kind(Kind.CONNECT);
        return client(cursor.rest(), event);
    }

    private static boolean client(String peer, Event.Builder event) {
        int open = peer.endsWith(")") ? peer.lastIndexOf(" (") : -1;
        String ip = Addresses.canonical(open < 0 ? peer : peer.substring(open + 2, peer.length() - 1));
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        return !peer.isEmpty();
    }
}
