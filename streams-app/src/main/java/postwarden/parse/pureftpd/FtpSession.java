package postwarden.parse.pureftpd;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;

/**
 * What Pure-FTPd writes before each of its texts: {@code (user@client) [LEVEL] } (logfile in ftpd.c, 1.0.20 to 1.0.50). The
 * user is {@code ?} until somebody has logged in, so that nothing a stranger chose stands before the client. Behind that, a
 * user, or a guest whom a build calls by the password he gave ({@code ftp: <…> }), could be called anything: where such a
 * line could begin in two ways, nobody is named.
 *
 * <p>The client is a name where the daemon resolves addresses, which is its default; nothing is looked up here.
 *
 * @param user {@code ?} before the login
 * @param ambiguous what is taken for the client may be part of the user
 */
record FtpSession(String user, String client, boolean ambiguous) {
    private static final String[] LEVELS = {"INFO] ", "NOTICE] ", "WARNING] ", "ERROR] ", "DEBUG] "};
    /** Stands for the user until somebody has logged in. */
    private static final String NOBODY = "?";

    private static final String GUEST = "ftp: <";
    private static final String END = ") [";
    static final FtpSession NONE = new FtpSession("", "", false);

    /** Reads it and moves to the level's name; {@link #NONE} when it does not stand here. */
    static FtpSession read(Cursor cursor) {
        String text = cursor.text();
        int end = text.startsWith("(", cursor.at()) ? levelAt(text, cursor.at()) : -1;
        int at = end < 0 ? -1 : text.lastIndexOf('@', end);
        if (at < cursor.at() + 1) {
            return NONE;
        }
        String user = text.substring(cursor.at() + 1, at);
        boolean ambiguous = !user.equals("?") && levelAt(text, end + 1) >= 0;
        FtpSession session =
                new FtpSession(user.startsWith(GUEST) ? "ftp" : user, text.substring(at + 1, end), ambiguous);
        cursor.moveTo(end + END.length());
        return session;
    }

    boolean isLoggedIn() {
        return !user.equals(NOBODY);
    }

    /** Whether the process that listens wrote the line, which belongs to no client. */
    boolean isServer() {
        return user.equals(NOBODY) && client.equals("?");
    }

    void put(Event.Builder event) {
        if (ambiguous) {
            event.put(Field.AMBIGUOUS, true);
            return;
        }
        String ip = Addresses.canonical(client);
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        } else if (!client.equals("?") && !client.isEmpty()) {
            event.put(Field.CLIENT_HOSTNAME, client);
        }
        if (isLoggedIn() && !user.isEmpty()) {
            event.put(Field.ACCOUNT, user);
        }
    }

    /** Where the bracket stands that closes the user and the client, with a level behind it; -1 when none does. */
    private static int levelAt(String text, int from) {
        for (int end = text.indexOf(END, from); end >= 0; end = text.indexOf(END, end + 1)) {
            for (String level : LEVELS) {
                if (text.startsWith(level, end + END.length())) {
                    return end;
                }
            }
        }
        return -1;
    }
}
