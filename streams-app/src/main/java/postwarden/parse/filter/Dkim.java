package postwarden.parse.filter;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** OpenDKIM 2.11, dkimpy-milter 1.2 and OpenARC 1.0: {@code QID: text}, in which only the client of {@code not internal} is an actor. */
final class Dkim {
    static final Filter FILTER = Filter.of(
            Daemon.OPENDKIM,
            List.of(
                    "opendkim",
                    "dkimpy-milter",
                    "openarc",
                    "dkim-filter",
                    "dkim-milter",
                    "dkimproxy.in",
                    "dkimproxy.out"),
            List.of(
                    new Rule("opendkim/not-internal", "", about(Dkim::notInternal)),
                    new Rule("opendkim/bad-signature", "", about(Dkim::badSignature)),
                    new Rule("opendkim/blocked", "", about(Dkim::blocked)),
                    new Rule("opendkim/trouble", "", about(MilterLife.TROUBLE)),
                    new Rule("opendkim/message", "", about(Notes.text(Kind.OTHER))),
                    new Rule("opendkim/lifecycle", "", MilterLife.LIFE),
                    new Rule("opendkim/warning", "", MilterLife.TROUBLE),
                    new Rule(
                            "opendkim/note",
                            "",
                            Notes.beginning(
                                    Kind.OTHER,
                                    "message requeueing",
                                    "too much header data",
                                    "ignoring header field",
                                    "cache: ",
                                    "connect from ",
                                    "mail from: ",
                                    "internal_conn: ",
                                    "DKIM: ",
                                    "DKIM-Signature: ",
                                    "Signing DKIM",
                                    "Authentication-Results: ",
                                    "From: ",
                                    "REMOVE: ",
                                    "domain: ",
                                    "self.",
                                    "canonicalize: ",
                                    "content-type: ",
                                    "readConfigFile: ",
                                    "Config item ",
                                    "DKIM signing ",
                                    "DKIM verify ")),
                    new Rule("opendkim/diagnosis", "", Notes.without(" not internal", " field added"))));

    private Dkim() {}

    /** Reads a text behind the queue id, or behind what stands for one that is not known. */
    static Rule.Reading about(Rule.Reading text) {
        return (cursor, event) ->
                (QueueId.take(cursor, event) || cursor.take("(unknown-jobid): ") || cursor.take("unknown: "))
                        && text.read(cursor, event);
    }

    /** {@code mail.shop.example [203.0.113.7] not internal}. */
    private static boolean notInternal(Cursor cursor, Event.Builder event) {
        if (!cursor.text().endsWith("] not internal")) {
            return false;
        }
        // A client without a name that resolves has its address in the name's place.
        int close = cursor.text().length() - " not internal".length();
        boolean whole = cursor.text().indexOf("] not internal") + 1 == close && Host.take(cursor, event);
        Notes.passed(event, whole ? "not internal" : cursor.rest());
        return true;
    }

    private static boolean badSignature(Cursor cursor, Event.Builder event) {
        if (!cursor.sees("bad signature data") && !cursor.sees("key revoked (")) {
            return false;
        }
        event.put(Field.REASON, Reason.SENDER_AUTHENTICATION);
        return Notes.text(Kind.OTHER).read(cursor, event);
    }

    private static boolean blocked(Cursor cursor, Event.Builder event) {
        boolean rate = cursor.sees("rate limit for ");
        if (!rate && !cursor.sees("blocked by reputation of ")) {
            return false;
        }
        event.kind(Kind.POLICY)
                .put(Field.ORIGIN, Origin.POLICY_SERVICE)
                .put(Field.REASON, rate ? Reason.RATE_LIMITED : Reason.REPUTATION);
        return true;
    }
}
