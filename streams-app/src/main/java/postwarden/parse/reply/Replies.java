package postwarden.parse.reply;

import java.util.List;
import java.util.stream.Stream;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Reason;

/**
 * What an SMTP reply means: its code (RFC 5321), its enhanced code (RFC 3463), and the reason that its words give by the
 * rules of a {@link ReplyFile}. A reply is a stranger's text: it chooses a reason and nothing else, and its codes are read
 * from its beginning only.
 */
public final class Replies {
    private static final ReplyFile PROJECT = sound(ReplyFile.read(StandardText.read()));

    /** The replies as this project knows them: {@code replies.conf} beside this class. */
    public static final Replies STANDARD = new Replies(List.of());

    private final List<ReplyRule> own;
    private final RuleTable table;

    private Replies(List<ReplyRule> own) {
        this.own = own;
        table = new RuleTable(
                Stream.of(own, PROJECT.rules()).flatMap(List::stream).toList());
    }

    /**
     * What an operator knows of replies better than this project: rules that come before the standard ones.
     *
     * @throws IllegalArgumentException when the file has errors, which the caller should have told
     */
    public static Replies with(ReplyFile own) {
        return new Replies(sound(own).rules());
    }

    /** The operator's rules in their order, one line each, so that the configuration in force can be told from another. */
    public List<String> ownLines() {
        return own.stream()
                .map(rule -> "reply " + rule.reason() + " " + rule.when() + " " + rule.phrase())
                .toList();
    }

    private static ReplyFile sound(ReplyFile file) {
        if (!file.errors().isEmpty()) {
            throw new IllegalArgumentException("a file of replies has errors: " + file.errors());
        }
        return file;
    }

    /**
     * Puts what a reply says into the event: {@code REPLY_TEXT}; {@code REPLY_CODE} and {@code DSN} where the text
     * begins with them (a {@code DSN} that the event already has stays); {@code REASON} unless it is a success.
     *
     * @param replyText with or without a code at its beginning, such as {@code 421 4.7.0 Too many connections}
     * @return the reason; {@link Reason#UNKNOWN} for a success
     */
    public Reason describe(Event.Builder event, String replyText) {
        int code = code(replyText);
        String dsn = Codes.enhanced(replyText);
        event.put(Field.REPLY_TEXT, replyText);
        if (code > 0) {
            event.put(Field.REPLY_CODE, code);
        }
        if (!dsn.isEmpty() && !event.has(Field.DSN)) {
            event.put(Field.DSN, dsn);
        }
        if (code > 0 && code < 400) {
            return Reason.UNKNOWN;
        }
        Reason reason = reason(code, dsn, replyText);
        event.put(Field.REASON, reason);
        return reason;
    }

    /**
     * Why a reply was given: by the first rule that holds for its codes and words.
     *
     * @param code three digits, or -1 when there is none
     * @param dsn enhanced code such as {@code 4.7.28}; empty when there is none
     * @param text the reply; {@link Reason#UNKNOWN} when no rule holds
     */
    public Reason reason(int code, String dsn, String text) {
        return table.first(Codes.of(code, dsn), text, Codes.end(text))
                .map(ReplyRule::reason)
                .orElse(Reason.UNKNOWN);
    }

    /** The three-digit code that the text begins with, 200 to 599, or -1. */
    public static int code(String text) {
        return Codes.code(text, 0);
    }

    /** The enhanced code such as 4.7.28 that stands at that position, or an empty text. */
    public static String dsn(String text, int from) {
        return Codes.dsn(text, from);
    }
}
