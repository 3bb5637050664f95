package postwarden.parse.exim;

import java.util.List;
import java.util.stream.Stream;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Exim 4: main, reject and panic log, in Exim's own files (where the header reader has taken the stamp) and through
 * syslog (where the message may begin with the stamp once more).
 *
 * <p>Line formats: Exim specification, chapter "Log files", and every {@code log_write} of the sources of 4.94, 4.96,
 * 4.98 and 4.100.
 */
public final class EximParser implements DaemonParser {
    /** What the header reader calls a refused message's copy in the reject log: a stranger wrote it, and nothing in it is believed. */
    private static final String COPY = "exim/copy";

    private final RuleList copies = new RuleList(List.of(new Rule("exim/copy", "", (cursor, event) -> {
        event.kind(Kind.OTHER);
        return true;
    })));
    private final RuleList messages;
    private final RuleList sessions;
    private final RuleList notices = new RuleList(EximNotices.RULES);

    /** @param replies what the words of SMTP replies and of refusals mean */
    public EximParser(Replies replies) {
        messages = new RuleList(new EximMessages(replies).rules());
        sessions = new RuleList(Stream.of(
                        EximSessions.RULES,
                        EximLimits.RULES,
                        EximTls.RULES,
                        new EximRefusals(replies).rules(),
                        EximArguments.RULES,
                        EximLogins.RULES,
                        EximAbuse.RULES,
                        EximDaemon.RULES,
                        EximCpanel.RULES)
                .flatMap(List::stream)
                .toList());
    }

    @Override
    public boolean owns(String program) {
        return program.equals("exim") || program.equals("exim4") || program.equals(COPY);
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.EXIM);
        Cursor cursor = new Cursor(event.line().message());
        if (event.line().program().equals(COPY)) {
            copies.read(cursor, event);
            return;
        }
        EximStart start = EximStart.read(cursor);
        if (start.part() == EximStart.Part.CONTINUED) {
            cursor.moveTo(0);
            notices.read(cursor, event);
            return;
        }
        if (!start.id().isEmpty()) {
            event.put(Field.QUEUE_ID, start.id());
        }
        // Where DNSSEC vouches for the client's name, Exim begins a refusal with a space.
        cursor.skipSpaces();
        boolean message = !start.id().isEmpty();
        Cursor text = start.part() == EximStart.Part.CUT ? withoutLastWord(cursor) : cursor;
        boolean known =
                (message && messages.read(text, event)) || sessions.read(text, event) || notices.read(text, event);
        if (!known) {
            event.clear();
        }
        EximDoubt.strip(event);
    }

    @Override
    public List<Rule> rules() {
        return Stream.of(messages, sessions, notices, copies)
                .flatMap(list -> list.rules().stream())
                .toList();
    }

    /** What syslog cut ends within a word, and half a word is a wrong one. */
    private static Cursor withoutLastWord(Cursor cursor) {
        int blank = cursor.text().lastIndexOf(' ');
        Cursor whole = new Cursor(cursor.text().substring(0, Math.max(blank, cursor.at())));
        whole.moveTo(cursor.at());
        return whole;
    }
}
