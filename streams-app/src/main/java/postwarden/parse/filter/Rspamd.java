package postwarden.parse.filter;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Rspamd 3.12 ({@code logger_syslog.c}, {@code logger_file.c}): {@code <d73a05>; task; rspamd_task_write_log: …}, in its own file
 * and in the journal with the process before it. Its plugins log free text, so every line with this frame is known.
 */
final class Rspamd {
    private static final String[] LIFE = {
        "rspamd ",
        "Rspamd ",
        "terminating",
        "catch termination signal",
        "loading configuration",
        "init config",
        "prepare to fork process",
        "starting ",
        "respawn process",
        "daemonized successfully",
        "workers spawning",
        "config has been reread",
        "logging reinitialised",
        "kill old workers",
        "shutting down",
        "send signal to worker"
    };

    private Rspamd() {}

    static Filter filter(Replies replies) {
        return Filter.of(
                Daemon.RSPAMD,
                List.of("rspamd", "rspamd_proxy", "rspamadm", "rmilter"),
                List.of(
                        new Rule(
                                "rspamd/task",
                                "",
                                in(
                                        "rspamd_task_write_log",
                                        (cursor, event) -> RspamdTask.read(cursor, event, replies))),
                        new Rule("rspamd/loaded", "", in("rspamd_message_parse", Rspamd::loaded)),
                        new Rule("rspamd/virus", "", framed(Rspamd::virus)),
                        new Rule("rspamd/password", "", framed(Rspamd::password)),
                        new Rule("rspamd/lifecycle", "", framed(Notes.beginning(Kind.LIFECYCLE, LIFE))),
                        new Rule(
                                "rspamd/trouble",
                                "",
                                framed(Notes.beginning(
                                        Kind.WARNING,
                                        "cannot ",
                                        "abnormally closing ",
                                        "http error",
                                        "got error",
                                        "error ",
                                        "IO ",
                                        "invalid ",
                                        "bad "))),
                        new Rule("rspamd/note", "", framed(Notes.text(Kind.OTHER))),
                        new Rule("rspamd/brief", "<", Rspamd::brief),
                        new Rule("rspamd/json", "{\"ts\": ", Notes.text(Kind.OTHER))));
    }

    /** {@code <d73a05>; milter; got connection from …}: without a function, or Rmilter's (1.10), which names no module either. */
    private static boolean brief(Cursor cursor, Event.Builder event) {
        String tag = cursor.upTo(">; ");
        return !tag.isEmpty() && tag.indexOf(' ') < 0 && Notes.text(Kind.OTHER).read(cursor, event);
    }

    /** Reads a text that stands behind the frame. */
    private static Rule.Reading framed(Rule.Reading text) {
        return (cursor, event) -> !frame(cursor).isEmpty() && text.read(cursor, event);
    }

    /** Reads a text that this function writes. */
    private static Rule.Reading in(String function, Rule.Reading text) {
        return (cursor, event) -> frame(cursor).equals(function) && text.read(cursor, event);
    }

    /** Moves behind {@code #81(normal) <d73a05>; task; function: } and names the function, which may be a chunk of Lua; empty when no such frame stands here. */
    private static String frame(Cursor cursor) {
        if (cursor.take('[')) {
            cursor.upTo("] ");
        }
        if (cursor.peek() == '#' || cursor.peek() == '(') {
            cursor.upTo(") ");
        }
        String text = cursor.text();
        if (cursor.peek() == '<') {
            cursor.upTo(">; ");
        }
        int module = text.indexOf("; ", cursor.at());
        boolean chunk = module >= 0 && text.startsWith("[string \"", module + 2);
        int from = chunk ? text.indexOf("\"]", module) : module + 2;
        int function = module < 0 || from < 0 ? -1 : text.indexOf(": ", from);
        if (function < 0 || text.lastIndexOf(' ', module) >= cursor.at() || text.indexOf(' ', from) < function) {
            return "";
        }
        cursor.moveTo(function + 2);
        String name = text.substring(module + 2, function);
        return name.isEmpty() ? "-" : name;
    }

    /** {@code loaded message; id: <…>; queue-id: <…>; size: 1234; checksum: <…>}; rspamd leaves no blank in the message id. */
    private static boolean loaded(Cursor cursor, Event.Builder event) {
        if (!cursor.take("loaded message; id: <")) {
            return false;
        }
        String id = cursor.word();
        if (!id.endsWith(">;")) {
            return false;
        }
        messageId(event, id.substring(0, id.length() - 2));
        if (cursor.take(" queue-id: <")) {
            Notes.queueId(event, cursor.upTo('>'));
            cursor.take(';');
        }
        if (cursor.take(" size: ")) {
            event.put(Field.SIZE, Math.max(0, cursor.number()));
        }
        Notes.passed(event, "loaded message");
        return true;
    }

    static void messageId(Event.Builder event, String id) {
        if (!id.isEmpty() && !id.equals("undef")) {
            event.put(Field.MESSAGE_ID, id);
        }
    }

    /** {@code clamav: result - virus found: "Eicar-Test-Signature - score: 1"}. */
    private static boolean virus(Cursor cursor, Event.Builder event) {
        String scanner = cursor.upTo(": ");
        if (!cursor.take("result - virus") || scanner.indexOf(' ') >= 0) {
            return false;
        }
        cursor.upTo(": \"");
        String found = cursor.rest();
        int end = found.lastIndexOf(" - score: ");
        Notes.verdict(event, Kind.VIRUS, Reason.VIRUS);
        event.put(Field.SIGNATURE, end < 0 ? found : found.substring(0, end));
        return true;
    }

    /**
     * The controller's password was wrong or not given, which the line does not tell apart, so it is no refused login. Rspamd writes
     * the address last and nothing of a stranger's before it.
     */
    private static boolean password(Cursor cursor, Event.Builder event) {
        boolean password = cursor.sees("absent or incorrect password")
                || cursor.sees("incorrect or absent ")
                || cursor.sees("absent password has been")
                || cursor.sees("deny default password for remote access");
        if (!password) {
            return false;
        }
        cursor.upTo("; source ip: ");
        String source = cursor.rest();
        Cursor port = new Cursor(source.substring(source.lastIndexOf(':') + 1));
        if (port.number() >= 0 && port.atEnd()) {
            String address = source.substring(0, Math.max(0, source.lastIndexOf(':')));
            boolean bracketed = address.startsWith("[") && address.endsWith("]");
            Notes.client(event, bracketed ? address.substring(1, address.length() - 1) : address);
        }
        return Notes.text(Kind.WARNING).read(cursor, event);
    }
}
