package postwarden.parse.vsftpd;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Transfers in the form of wu-ftpd's xferlog, which vsftpd (logging.c), ProFTPD (xferlog.c) and others write: behind the
 * time {@code 1 192.0.2.1 1024 /file b _ i r user ftp 0 * c}. No daemon puts a blank into a file name there, but the
 * password of an anonymous user stands in the user's place as it was typed.
 */
public final class XferlogParser implements DaemonParser {
    private static final RuleList RULES =
            new RuleList(List.of(new Rule("xferlog/transfer", "", XferlogParser::transfer)));

    @Override
    public boolean owns(String program) {
        return program.equals("xferlog");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.VSFTPD);
        if (!RULES.read(new Cursor(event.line().message()), event)) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        return RULES.rules();
    }

    private static boolean transfer(Cursor cursor, Event.Builder event) {
        long seconds = word(cursor).number();
        String client = next(cursor);
        long size = word(cursor).number();
        next(cursor);
        String type = next(cursor);
        String action = next(cursor);
        String direction = next(cursor);
        String mode = next(cursor);
        boolean fits =
                List.of("a", "b").contains(type) && List.of("i", "o", "d").contains(direction);
        if (seconds < 0
                || size < 0
                || !fits
                || action.isEmpty()
                || !List.of("a", "g", "r").contains(mode)) {
            return false;
        }
        event.kind(Kind.TRANSFER)
                .put(Field.SERVICE, "ftp")
                .put(Field.DURATION, seconds)
                .put(Field.SIZE, size);
        event.put(Field.TEXT, direction.equals("o") ? "downloaded" : direction.equals("i") ? "uploaded" : "deleted");
        String ip = Addresses.canonical(client);
        event.put(ip.isEmpty() ? Field.CLIENT_HOSTNAME : Field.CLIENT_IP, ip.isEmpty() ? client : ip);
        event.put(Field.ACCOUNT, mode.equals("a") ? "anonymous" : next(cursor));
        return true;
    }

    private static Cursor word(Cursor cursor) {
        return new Cursor(next(cursor));
    }

    private static String next(Cursor cursor) {
        cursor.skipSpaces();
        return cursor.word();
    }
}
