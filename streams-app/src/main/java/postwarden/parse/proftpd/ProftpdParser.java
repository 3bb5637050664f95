package postwarden.parse.proftpd;

import java.util.List;
import java.util.stream.Stream;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;
import postwarden.parse.rule.TcpWrappers;

/**
 * ProFTPD 1.3: {@code server (client[192.0.2.1]) - text} in syslog, with a colon for the dash in its own SystemLog, and
 * {@code server - text} from the process that listens (log.c). The client stands before all that a stranger chose but the
 * name of his own address.
 */
public final class ProftpdParser implements DaemonParser {
    private static final RuleList RULES =
            new RuleList(Stream.of(ProftpdLogin.RULES, ProftpdSession.RULES, TcpWrappers.rules("proftpd"))
                    .flatMap(List::stream)
                    .toList());

    @Override
    public boolean owns(String program) {
        return program.equals("proftpd") || program.endsWith("/proftpd");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.PROFTPD).put(Field.SERVICE, "ftp");
        Cursor cursor = new Cursor(event.line().message());
        skipServer(cursor);
        if (cursor.peek() == '(' && !client(cursor, event)) {
            event.clear();
            return;
        }
        if (!RULES.read(cursor, event) && !(skipListener(cursor) && RULES.read(cursor, event))) {
            event.clear();
        }
    }

    /** Its own SystemLog has {@code server: text} from the process that listens; a module's name has a slash. */
    private static boolean skipListener(Cursor cursor) {
        String text = cursor.text();
        int blank = text.indexOf(' ');
        if (cursor.at() > 0 || blank < 2 || text.charAt(blank - 1) != ':' || !isName(text.substring(0, blank))) {
            return false;
        }
        cursor.moveTo(blank + 1);
        return true;
    }

    @Override
    public List<Rule> rules() {
        return RULES.rules();
    }

    /** Moves behind the server's name, which stands before the client or, where there is none, before a dash. */
    private static void skipServer(Cursor cursor) {
        String text = cursor.text();
        int blank = text.indexOf(' ');
        if (blank > 0 && (text.startsWith(" (", blank) || text.startsWith(" - ", blank))) {
            cursor.moveTo(text.startsWith(" - ", blank) ? blank + 3 : blank + 1);
        }
    }

    /** Reads {@code (client[192.0.2.1]) - }; false where something stands there that ProFTPD does not write. */
    private static boolean client(Cursor cursor, Event.Builder event) {
        cursor.take('(');
        String name = cursor.upTo('[');
        String ip = Addresses.canonical(cursor.upTo(']'));
        if (ip.isEmpty() || !isName(name) || !cursor.take(')')) {
            return false;
        }
        event.put(Field.CLIENT_IP, ip);
        if (!name.equals("UNKNOWN") && Addresses.canonical(name).isEmpty()) {
            event.put(Field.CLIENT_HOSTNAME, name);
        }
        return cursor.take(" - ") || cursor.take(": ");
    }

    /** A host's name or an address: what stands there contains nothing else. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> (Character.isLetterOrDigit(c) && c < 128) || ".-_:%".indexOf(c) >= 0);
    }
}
