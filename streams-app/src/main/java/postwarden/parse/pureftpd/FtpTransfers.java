package postwarden.parse.pureftpd;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Rows of the transfer log (altlog.c, Common Log Format): client and account stand before the file's name, which a stranger
 * chooses, and the size behind its last quote.
 */
final class FtpTransfers {
    static final List<Rule> RULES = List.of(new Rule("ftp/transfer-log", "", FtpTransfers::transfer));

    private FtpTransfers() {}

    private static boolean transfer(Cursor cursor, Event.Builder event) {
        String client = cursor.word();
        if (!cursor.take(" - ")) {
            return false;
        }
        String account = cursor.word();
        if (!cursor.take(" [")) {
            return false;
        }
        cursor.upTo("] \"");
        boolean upload = cursor.take("PUT ");
        if (!upload && !cursor.take("GET ")) {
            return false;
        }
        cursor.upToLast("\" 200 ");
        long size = cursor.number();
        if (size < 0 || !cursor.atEnd()) {
            return false;
        }
        String ip = Addresses.canonical(client);
        event.kind(Kind.TRANSFER)
                .put(ip.isEmpty() ? Field.CLIENT_HOSTNAME : Field.CLIENT_IP, ip.isEmpty() ? client : ip)
                .put(Field.SERVICE, "ftp")
                .put(Field.SIZE, size)
                .put(Field.ACCOUNT, account)
                .put(Field.TEXT, upload ? "uploaded" : "downloaded");
        return true;
    }
}
