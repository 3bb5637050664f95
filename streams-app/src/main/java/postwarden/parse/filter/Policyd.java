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

/**
 * policyd: cluebringer 2.1 ({@code module=Greylisting, action=defer, host=ip, helo=…, from=…, to=…, reason=…}) and the first,
 * in C, 1.8x ({@code rcpt=1, greylist=new, host=ip (name), from=…, to=…, size=…}).
 */
final class Policyd {
    static final Filter FILTER = Filter.of(
            Daemon.POLICYD,
            List.of("cbpolicyd", "policyd", "postfix-policyd", "cluebringer", "postfix-cluebringer"),
            List.of(
                    new Rule("policyd/module", "module=", Policyd::module),
                    new Rule("policyd/rcpt", "rcpt=", Policyd::check),
                    new Rule("policyd/connection", "connection from: ", Notes.text(Kind.OTHER)),
                    new Rule("policyd/area", "[", Notes.text(Kind.OTHER)),
                    new Rule("policyd/lifecycle", "", ServerLife::read),
                    new Rule(
                            "policyd/started",
                            "",
                            Notes.beginning(
                                    Kind.LIFECYCLE, "starting ", "connected to ", "listening ", "exiting", "rehash")),
                    new Rule(
                            "policyd/trouble",
                            "",
                            Notes.beginning(
                                    Kind.WARNING,
                                    "fatal",
                                    "error",
                                    "warning",
                                    "invalid ",
                                    "couldn't ",
                                    "unable ",
                                    "mysql",
                                    "MySQL",
                                    "lost connection")),
                    new Rule("policyd/diagnosis", "", Notes.without("host=", "module="))));

    private Policyd() {}

    private static boolean module(Cursor cursor, Event.Builder event) {
        String module = cursor.upTo(", ");
        String action = cursor.take("action=") || cursor.take("mode=") ? cursor.upTo(", ") : "";
        if (action.isEmpty() || !cursor.take("host=")) {
            return Notes.text(Kind.OTHER).read(cursor, event);
        }
        Notes.client(event, cursor.sees("helo=") ? "" : cursor.upTo(", "));
        Frame frame = Frame.of(cursor.text(), Math.max(0, cursor.at() - 2), ", helo=", ", from=", ", to=", ", reason=");
        if (frame.isWhole()) {
            event.put(Field.HELO, frame.value(0))
                    .put(Field.SENDER, frame.value(1))
                    .put(Field.RECIPIENT, frame.value(2));
        }
        verdict(module, action, frame.value(3), event);
        return true;
    }

    private static void verdict(String module, String action, String reason, Event.Builder event) {
        switch (action) {
            case "reject", "defer", "discard", "hold" -> {
                Reason why = why(module);
                event.kind(Answer.kind(why))
                        .put(Field.ORIGIN, Origin.POLICY_SERVICE)
                        .put(Field.REASON, why);
            }
            default -> Notes.passed(event, module + ": " + action + (reason.isEmpty() ? "" : ": " + reason));
        }
    }

    private static Reason why(String module) {
        return switch (module) {
            case "Greylisting" -> Reason.GREYLISTED;
            case "Quotas" -> Reason.RATE_LIMITED;
            case "CheckHelo" -> Reason.HELO_REJECTED;
            case "CheckSPF" -> Reason.SENDER_AUTHENTICATION;
            default -> Reason.ACCESS_DENIED;
        };
    }

    /** The module stands as a key, what it decided as its value. */
    private static boolean check(Cursor cursor, Event.Builder event) {
        // The count is of the requests that the thread has served, not of recipients.
        if (cursor.number() < 0 || !cursor.take(", ")) {
            return false;
        }
        String check = cursor.upTo('=');
        String decided = cursor.upTo(", ");
        if (!cursor.take("host=") || !Host.isName(check)) {
            return Notes.text(Kind.OTHER).read(cursor, event);
        }
        String host = cursor.upTo(", ");
        Notes.client(event, host.indexOf(' ') < 0 ? host : host.substring(0, host.indexOf(' ')));
        Frame frame = Frame.of(cursor.text(), Math.max(0, cursor.at() - 2), ", from=", ", to=", ", size=");
        if (frame.isWhole()) {
            event.put(Field.SENDER, frame.value(0)).put(Field.RECIPIENT, frame.value(1));
            cursor.moveTo(cursor.text().indexOf(", size=") + ", size=".length());
            long size = cursor.number();
            if (size >= 0) {
                event.put(Field.SIZE, size);
            }
        }
        found(check, decided, event);
        return true;
    }

    private static void found(String check, String decided, Event.Builder event) {
        if (check.equals("greylist") && (decided.equals("new") || decided.equals("abuse"))) {
            Notes.verdict(event, Kind.GREYLIST, Reason.GREYLISTED);
        } else if (decided.startsWith("block") || decided.startsWith("reject")) {
            Notes.verdict(event, Kind.POLICY, Reason.ACCESS_DENIED);
        } else if (check.equals("throttle") && decided.startsWith("abuse")) {
            Notes.verdict(event, Kind.POLICY, Reason.RATE_LIMITED);
        } else {
            Notes.passed(event, check + "=" + decided);
        }
    }
}
