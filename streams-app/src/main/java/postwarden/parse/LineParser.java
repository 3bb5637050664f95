package postwarden.parse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LogRecord;
import postwarden.parse.dovecot.DovecotParser;
import postwarden.parse.exim.EximParser;
import postwarden.parse.filter.FilterParser;
import postwarden.parse.postfix.PostfixParser;
import postwarden.parse.pureftpd.PureFtpdParser;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.syslog.SyslogDaemon;

/** Turns a line into what it says, by the rules of the daemon that its header names. Safe for many threads. */
public final class LineParser {
    /** Who is asked, in this order, whether a program is theirs. */
    static final List<DaemonParser> DAEMONS = List.of(
            new FilterParser(),
            new PostfixParser(),
            new EximParser(),
            new DovecotParser(),
            new PureFtpdParser(),
            new SyslogDaemon());

    /** Programs that are remembered; beyond that, owners are looked up anew, so that invented names fill no memory. */
    private static final int REMEMBERED_PROGRAMS = 1024;

    private final Map<String, Optional<DaemonParser>> owners = new ConcurrentHashMap<>();

    /** What the line says; kind {@code UNRECOGNISED} where no rule knows it. Never throws. */
    public Event parse(LogRecord.Line line) {
        Optional<Repetition> repetition = Repetition.of(line.message());
        if (repetition.isEmpty()) {
            return read(line).build();
        }
        Event.Builder event = read(line.withMessage(repetition.get().message()));
        return event.line(line).put(Field.REPEAT, repetition.get().times()).build();
    }

    private Event.Builder read(LogRecord.Line line) {
        Event.Builder event = new Event.Builder(line, Daemon.UNKNOWN);
        owner(line.program()).ifPresent(daemon -> daemon.read(event));
        return event;
    }

    private Optional<DaemonParser> owner(String program) {
        Optional<DaemonParser> known = owners.get(program);
        if (known != null) {
            return known;
        }
        Optional<DaemonParser> found =
                DAEMONS.stream().filter(daemon -> daemon.owns(program)).findFirst();
        if (owners.size() < REMEMBERED_PROGRAMS) {
            owners.put(program, found);
        }
        return found;
    }
}
