package postwarden.parse.filter;

import java.util.List;
import java.util.Set;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** OpenDMARC 1.4: {@code QID: shop.example fail}, {@code QID: SPF(mailfrom): news@shop.example pass}. */
final class Dmarc {
    private static final Set<String> RESULTS =
            Set.of("pass", "fail", "none", "temperror", "permerror", "softfail", "neutral", "policy");

    static final Filter FILTER = Filter.of(
            Daemon.OPENDMARC,
            List.of("opendmarc", "opendmarc-import", "opendmarc-reports"),
            List.of(
                    new Rule("opendmarc/rejected", "", Dkim.about(Dmarc::rejected)),
                    new Rule("opendmarc/spf", "", Dkim.about(Dmarc::spf)),
                    new Rule("opendmarc/result", "", Dkim.about(Dmarc::result)),
                    new Rule("opendmarc/trouble", "", Dkim.about(MilterLife.TROUBLE)),
                    new Rule("opendmarc/message", "", Dkim.about(Notes.text(Kind.OTHER))),
                    new Rule("opendmarc/ignored", "ignoring connection from ", Notes.text(Kind.OTHER)),
                    new Rule("opendmarc/lifecycle", "", MilterLife.LIFE),
                    new Rule("opendmarc/warning", "", MilterLife.TROUBLE),
                    new Rule(
                            "opendmarc/note",
                            "",
                            Notes.containing(
                                    Kind.OTHER,
                                    "authentication service",
                                    "ignoring Authentication-Results",
                                    "requeueing")),
                    new Rule("opendmarc/diagnosis", "", Notes.without("SPF(", "DMARC policy"))));

    private Dmarc() {}

    private static boolean rejected(Cursor cursor, Event.Builder event) {
        if (!cursor.sees("rejected by DMARC policy") && !cursor.sees("quarantined by DMARC policy")) {
            return false;
        }
        event.kind(Kind.POLICY)
                .put(Field.ORIGIN, Origin.POLICY_SERVICE)
                .put(Field.REASON, Reason.SENDER_AUTHENTICATION)
                .put(Field.REPLY_TEXT, cursor.rest());
        return true;
    }

    private static boolean spf(Cursor cursor, Event.Builder event) {
        return cursor.sees("SPF(") && judged(cursor, event);
    }

    private static boolean result(Cursor cursor, Event.Builder event) {
        int space = cursor.text().indexOf(' ', cursor.at());
        return space > 0 && space == cursor.text().lastIndexOf(' ') && judged(cursor, event);
    }

    private static boolean judged(Cursor cursor, Event.Builder event) {
        String said = cursor.rest();
        String result = said.substring(said.lastIndexOf(' ') + 1);
        if (!RESULTS.contains(result)) {
            return false;
        }
        if (result.equals("fail")) {
            event.put(Field.REASON, Reason.SENDER_AUTHENTICATION);
        }
        Notes.passed(event, said);
        return true;
    }
}
