package postwarden.parse.uwimap;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;
import postwarden.parse.rule.TcpWrappers;

/** UW-IMAP 2007: imapd, ipop3d and ipop2d. Other servers have the first name too, so only its own templates are taken. */
public final class UwImapParser implements DaemonParser {
    private static final Set<String> PROGRAMS = Set.of("imapd", "ipop3d", "ipop2d");

    private static final RuleList RULES =
            new RuleList(Stream.of(UwImapLogins.RULES, UwImapSessions.RULES, TcpWrappers.rules("uw-imap"))
                    .flatMap(List::stream)
                    .toList());

    @Override
    public boolean owns(String program) {
        return PROGRAMS.contains(program);
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.UW_IMAP).put(Field.SERVICE, event.line().program().equals("imapd") ? "imap" : "pop3");
        if (!RULES.read(new Cursor(event.line().message()), event)) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        return RULES.rules();
    }
}
