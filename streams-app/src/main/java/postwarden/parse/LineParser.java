package postwarden.parse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.parse.courier.CourierParser;
import postwarden.parse.cyrus.CyrusParser;
import postwarden.parse.dovecot.DovecotParser;
import postwarden.parse.exchange.ExchangeParser;
import postwarden.parse.exim.EximParser;
import postwarden.parse.filter.FilterParser;
import postwarden.parse.login.PamParser;
import postwarden.parse.login.SaslauthdParser;
import postwarden.parse.opensmtpd.OpensmtpdParser;
import postwarden.parse.postfix.PostfixParser;
import postwarden.parse.proftpd.ProftpdParser;
import postwarden.parse.pureftpd.PureFtpdParser;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.sendmail.SendmailParser;
import postwarden.parse.syslog.SyslogDaemon;
import postwarden.parse.uwimap.UwImapParser;
import postwarden.parse.vsftpd.VsftpdParser;
import postwarden.parse.vsftpd.XferlogParser;

/** Turns a line into what it says, by the rules of the daemon that its header names. Safe for many threads. */
public final class LineParser {
    /** Who is asked, in this order, whether a program is theirs. */
    static List<DaemonParser> daemons(Replies replies) {
        return List.of(
                new FilterParser(replies),
                new PostfixParser(replies),
                new EximParser(replies),
                new DovecotParser(),
                new PureFtpdParser(),
                new ProftpdParser(),
                new VsftpdParser(),
                new XferlogParser(),
                new SendmailParser(replies),
                new OpensmtpdParser(replies),
                new UwImapParser(),
                new CourierParser(replies),
                new CyrusParser(),
                new SaslauthdParser(),
                new ExchangeParser(replies),
                new SyslogDaemon(),
                new PamParser());
    }

    /** Programs that are remembered; beyond that, owners are looked up anew, so that invented names fill no memory. */
    private static final int REMEMBERED_PROGRAMS = 1024;

    private final List<DaemonParser> daemons;
    private final Map<String, List<DaemonParser>> owners = new ConcurrentHashMap<>();

    /** With the replies as this project knows them. */
    public LineParser() {
        this(Replies.STANDARD);
    }

    /** @param replies what SMTP replies mean */
    public LineParser(Replies replies) {
        daemons = daemons(replies);
    }

    /** What the line says; kind {@code UNRECOGNISED} where no rule knows it. Never throws. */
    public Event parse(LogRecord.Line line) {
        // A file that came through Windows ends its lines with CR LF; of what a daemon wrote, syslog escapes a CR.
        String message = line.message();
        if (message.endsWith("\r")) {
            return said(line.withMessage(message.substring(0, message.length() - 1)))
                    .line(line)
                    .build();
        }
        return said(line).build();
    }

    private Event.Builder said(LogRecord.Line line) {
        Optional<Repetition> repetition = Repetition.of(line.message());
        if (repetition.isEmpty()) {
            return SyslogDaemon.repetition(line).orElseGet(() -> read(line));
        }
        Event.Builder event = read(line.withMessage(repetition.get().message()));
        return event.line(line).put(Field.REPEAT, repetition.get().times());
    }

    /** What the first owner makes of it that knows the message; some programs of different daemons have one name. */
    private Event.Builder read(LogRecord.Line line) {
        List<DaemonParser> candidates = owners(line.program());
        Event.Builder first = read(line, candidates.get(0));
        for (int at = 1; at < candidates.size() && first.is(Kind.UNRECOGNISED); at++) {
            Event.Builder next = read(line, candidates.get(at));
            if (!next.is(Kind.UNRECOGNISED)) {
                return next;
            }
        }
        return first;
    }

    private static Event.Builder read(LogRecord.Line line, DaemonParser daemon) {
        Event.Builder event = new Event.Builder(line, Daemon.UNKNOWN);
        daemon.read(event);
        return event;
    }

    /** Who may have written under that name, never empty: PAM writes under any. */
    private List<DaemonParser> owners(String program) {
        List<DaemonParser> known = owners.get(program);
        if (known != null) {
            return known;
        }
        List<DaemonParser> found =
                daemons.stream().filter(daemon -> daemon.owns(program)).toList();
        if (owners.size() < REMEMBERED_PROGRAMS) {
            owners.put(program, found);
        }
        return found;
    }
}
