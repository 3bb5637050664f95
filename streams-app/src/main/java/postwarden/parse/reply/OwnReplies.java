package postwarden.parse.reply;

import java.util.List;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Status;

/**
 * What an operator knows of replies better than this project: rules that come before the standard ones. A daemon's rules
 * read a line by the standard ones, and what these say of a reply is then said anew where a rule of the operator holds, so
 * that no daemon needs to know of them.
 */
public final class OwnReplies {
    public static final OwnReplies NONE = new OwnReplies(new ReplyFile(List.of(), List.of()));

    private final List<ReplyRule> rules;
    private final RuleTable table;

    /** @throws IllegalArgumentException when the file has errors, which the caller should have told */
    public OwnReplies(ReplyFile file) {
        if (!file.errors().isEmpty()) {
            throw new IllegalArgumentException("a file of replies has errors: " + file.errors());
        }
        rules = file.rules();
        table = new RuleTable(rules);
    }

    /** The event, with the operator's reason where it carries a reply that was given one and a rule holds for it. */
    public Event revised(Event event) {
        boolean explained = event.has(Field.REPLY_TEXT)
                && event.has(Field.REASON)
                && event.reason() != Reason.NOT_TRIED
                && !event.says(Field.STATUS, Status.SENT);
        if (rules.isEmpty() || !explained) {
            return event;
        }
        String text = event.text(Field.REPLY_TEXT, "");
        Optional<ReplyRule> rule = table.first(Codes.of(text), text, Codes.end(text));
        return rule.map(found -> revised(event, found.reason())).orElse(event);
    }

    /** The rules in their order, one line each, so that the configuration in force can be told from another. */
    public List<String> lines() {
        return rules.stream()
                .map(rule -> "reply " + rule.reason() + " " + rule.when() + " " + rule.phrase())
                .toList();
    }

    private static Event revised(Event event, Reason reason) {
        return event.toBuilder()
                .put(Field.REASON, reason)
                .kind(kind(event, reason))
                .build();
    }

    /** A refusal on the way in is called by its reason; the other kinds stay what they are. */
    private static Kind kind(Event event, Reason reason) {
        return switch (event.kind()) {
            case REJECT, DEFER_REJECT, GREYLIST, DNSBL, SPAM, VIRUS -> refusal(event, reason);
            default -> event.kind();
        };
    }

    private static Kind refusal(Event event, Reason reason) {
        return switch (reason) {
            case GREYLISTED -> Kind.GREYLIST;
            case BLOCKLISTED -> Kind.DNSBL;
            case SPAM -> Kind.SPAM;
            case VIRUS -> Kind.VIRUS;
            default -> isForNow(event) ? Kind.DEFER_REJECT : Kind.REJECT;
        };
    }

    private static boolean isForNow(Event event) {
        long code = event.number(Field.REPLY_CODE, 0);
        return code == 0 ? event.is(Kind.DEFER_REJECT) || event.is(Kind.GREYLIST) : code < 500;
    }
}
