package postwarden.parse.pureftpd;

import java.util.List;
import java.util.stream.Stream;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;
import postwarden.parse.rule.TcpWrappers;

/**
 * Pure-FTPd 1.0: {@code (user@client) [LEVEL] text}, the text in one of its languages. Who has logged in cannot write what
 * is said before a login, in the name of a file for instance, so there are two lists of rules.
 *
 * <p>The refusal of a client's surplus connections is logged only when it differs from the client refused before, and the
 * refusal for the total not at all: these lines say that it happens, never how often.
 */
public final class PureFtpdParser implements DaemonParser {
    private static final RuleList SERVER = new RuleList(FtpSessions.SERVER);
    private static final RuleList BEFORE_LOGIN = new RuleList(FtpSessions.BEFORE_LOGIN);
    private static final RuleList ANY_TIME = new RuleList(FtpWork.RULES);
    private static final RuleList TRANSFERS = new RuleList(FtpTransfers.RULES);

    /** What Debian's start script and its wrapper for inetd say under the daemon's name (debian/pure-ftpd-common.init). */
    private static final RuleList AROUND = new RuleList(Stream.concat(
                    Stream.of(Remarks.beginning(
                            "pure-ftpd/script",
                            Kind.LIFECYCLE,
                            "Starting ftp server",
                            "Stopping ftp server",
                            "Restarting ftp server",
                            "Running: /")),
                    TcpWrappers.rules("pure-ftpd").stream())
            .toList());

    @Override
    public boolean owns(String program) {
        return program.equals("pure-ftpd") || program.equals("pure-ftpd-wrapper");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.PURE_FTPD);
        Cursor cursor = new Cursor(event.line().message());
        FtpSession session = FtpSession.read(cursor);
        if (session.equals(FtpSession.NONE)) {
            if (!AROUND.read(cursor, event)) {
                TRANSFERS.read(cursor, event);
            }
            return;
        }
        session.put(event);
        event.put(Field.SERVICE, "ftp");
        boolean known = (session.isServer() && SERVER.read(cursor, event))
                || (!session.isLoggedIn() && BEFORE_LOGIN.read(cursor, event));
        if (!known) {
            ANY_TIME.read(cursor, event);
        }
    }

    @Override
    public List<Rule> rules() {
        return Stream.of(SERVER, BEFORE_LOGIN, ANY_TIME, TRANSFERS, AROUND)
                .flatMap(list -> list.rules().stream())
                .toList();
    }
}
