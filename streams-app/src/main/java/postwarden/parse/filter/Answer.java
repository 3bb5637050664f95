package postwarden.parse.filter;

import java.util.Locale;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.reply.Replies;

/** What a policy service answers its mail daemon: a Postfix access(5) action or an SMTP reply. */
final class Answer {
    private Answer() {}

    /** Puts what the answer means: a refusal by its reason, or a note that all may pass. */
    static void put(Event.Builder event, String answer, Replies replies) {
        String verb = word(answer).toUpperCase(Locale.ROOT);
        String text = answer.substring(word(answer).length()).stripLeading();
        switch (verb) {
            case "REJECT", "DEFER", "DEFER_IF_REJECT", "DEFER_IF_PERMIT", "DISCARD", "HOLD" ->
                refused(event, text, verb, replies);
            default -> {
                if (Replies.code(answer) >= 400) {
                    refused(event, answer, verb, replies);
                } else {
                    Notes.passed(event, answer);
                }
            }
        }
    }

    private static void refused(Event.Builder event, String text, String verb, Replies replies) {
        event.put(Field.ORIGIN, Origin.POLICY_SERVICE);
        Reason reason = text.isEmpty() ? Reason.UNKNOWN : replies.describe(event, text);
        boolean held = verb.equals("DISCARD") || verb.equals("HOLD");
        if (reason == Reason.UNKNOWN && !held) {
            reason = Reason.ACCESS_DENIED;
        }
        event.put(Field.REASON, reason).kind(kind(reason));
    }

    /** The kind that says the same as the reason. */
    static Kind kind(Reason reason) {
        return switch (reason) {
            case GREYLISTED -> Kind.GREYLIST;
            case BLOCKLISTED -> Kind.DNSBL;
            case SPAM -> Kind.SPAM;
            case VIRUS -> Kind.VIRUS;
            default -> Kind.POLICY;
        };
    }

    private static String word(String text) {
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end);
    }
}
