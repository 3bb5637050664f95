package postwarden.parse.filter;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * amavis 2.4 to 2.15 ({@code Amavis::Log}): {@code (12345-01) text}, with {@code (!)} or {@code (!!)} before what is wrong. Lines
 * that are too long are split: the part that is cut ends, and the next begins, with three dots. What it says of itself at its
 * start has no number and is free text.
 */
final class Amavis {
    static final Filter FILTER = Filter.of(
            Daemon.AMAVIS,
            List.of("amavis", "amavisd", "amavisd-new", "amavisd-milter", "amavis-mc", "amavisd-snmp-subagent"),
            List.of(
                    new Rule("amavis/passed", "", numbered("Passed", AmavisVerdict.of(false))),
                    new Rule("amavis/blocked", "", numbered("Blocked", AmavisVerdict.of(true))),
                    new Rule("amavis/trouble", "", numbered("(!", Amavis::trouble)),
                    new Rule("amavis/note", "", numbered("", Notes.text(Kind.OTHER))),
                    new Rule("amavis/warning", "(!", Notes.text(Kind.WARNING)),
                    new Rule(
                            "amavis/lifecycle",
                            "",
                            Notes.beginning(
                                    Kind.LIFECYCLE,
                                    "starting. ",
                                    "starting.  ",
                                    "Net::Server: ",
                                    "shutting down",
                                    "Shutting down",
                                    "stopping",
                                    "logging initialized",
                                    "user=, EUID",
                                    "Perl version",
                                    "initializing Mail::SpamAssassin",
                                    "process ")),
                    new Rule("amavis/server", "", ServerLife::read),
                    new Rule("amavis/json", "{", Notes.text(Kind.OTHER)),
                    new Rule("amavis/start", "", Notes.text(Kind.OTHER))));

    private Amavis() {}

    /** Reads a text that begins so, behind the number of the task. */
    private static Rule.Reading numbered(String beginning, Rule.Reading text) {
        return (cursor, event) -> {
            int close = cursor.text().indexOf(") ");
            if (!cursor.take('(') || close < 2 || !isNumber(cursor.text().substring(1, close))) {
                return false;
            }
            cursor.moveTo(close + 2);
            if (!cursor.sees(beginning)) {
                return false;
            }
            event.put(Field.SESSION, cursor.text().substring(1, close));
            return text.read(cursor, event);
        };
    }

    /** Such as 12345-01, 12345-01-2 or rel-Ab_c. */
    private static boolean isNumber(String text) {
        return Host.isName(text) && text.indexOf('-') > 0;
    }

    private static boolean trouble(Cursor cursor, Event.Builder event) {
        return Notes.text(cursor.sees("(!!)") ? Kind.ERROR : Kind.WARNING).read(cursor, event);
    }
}
