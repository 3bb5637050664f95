package postwarden.parse.reply;

import static java.util.Map.entry;

import java.util.Map;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Reason;

/** What an SMTP reply means: its code (RFC 5321), its enhanced code (RFC 3463), and the reason its text gives. */
public final class Replies {
    /** What an enhanced code says where the text says nothing more; without the class (RFC 3463, 7505, IANA). */
    private static final Map<String, Reason> BY_DSN = Map.ofEntries(
            entry("1.0", Reason.UNKNOWN_RECIPIENT),
            entry("1.1", Reason.UNKNOWN_RECIPIENT),
            entry("1.2", Reason.DNS_NOT_FOUND),
            entry("1.3", Reason.SYNTAX),
            entry("1.6", Reason.UNKNOWN_RECIPIENT),
            entry("1.7", Reason.SENDER_REJECTED),
            entry("1.8", Reason.SENDER_REJECTED),
            entry("1.10", Reason.UNKNOWN_RECIPIENT),
            entry("2.1", Reason.MAILBOX_DISABLED),
            entry("2.2", Reason.MAILBOX_FULL),
            entry("2.3", Reason.MESSAGE_TOO_LARGE),
            entry("3.1", Reason.INSUFFICIENT_STORAGE),
            entry("3.2", Reason.SERVICE_UNAVAILABLE),
            entry("3.4", Reason.MESSAGE_TOO_LARGE),
            entry("3.5", Reason.SERVER_CONFIGURATION),
            entry("4.1", Reason.CONNECTION_TIMED_OUT),
            entry("4.2", Reason.CONNECTION_LOST),
            entry("4.3", Reason.DNS_TEMPORARY),
            entry("4.4", Reason.DNS_NOT_FOUND),
            entry("4.5", Reason.OVERLOADED),
            entry("4.6", Reason.MAIL_LOOP),
            entry("4.7", Reason.TIMED_OUT),
            entry("5.1", Reason.SYNTAX),
            entry("5.2", Reason.SYNTAX),
            entry("5.3", Reason.RATE_LIMITED),
            entry("5.4", Reason.SYNTAX),
            entry("7.1", Reason.ACCESS_DENIED),
            entry("7.4", Reason.TLS),
            entry("7.5", Reason.TLS),
            entry("7.8", Reason.AUTHENTICATION),
            entry("7.9", Reason.AUTHENTICATION),
            entry("7.10", Reason.TLS),
            entry("7.11", Reason.TLS),
            entry("7.20", Reason.SENDER_AUTHENTICATION),
            entry("7.23", Reason.SENDER_AUTHENTICATION),
            entry("7.25", Reason.SENDER_AUTHENTICATION),
            entry("7.26", Reason.SENDER_AUTHENTICATION),
            entry("7.27", Reason.SENDER_REJECTED),
            entry("7.28", Reason.RATE_LIMITED));

    /** The replies as this project knows them. */
    public static final Replies STANDARD = new Replies(ReplyPhrases.TELLING, ReplyPhrases.VAGUE);

    private final ReplyPhrases telling;
    private final ReplyPhrases vague;

    private Replies(ReplyPhrases telling, ReplyPhrases vague) {
        this.telling = telling;
        this.vague = vague;
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
        String dsn = dsn(replyText, code < 0 ? 0 : 4);
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
     * Why a reply was given: telling words first, then the enhanced code, then the code, then vague words.
     * Greylisting is believed only of a reply that is not final.
     *
     * @param code three digits, or -1 when there is none
     * @param dsn enhanced code such as {@code 4.7.28}; empty when there is none
     * @param text the reply; {@link Reason#UNKNOWN} when nothing of all this is known
     */
    public Reason reason(int code, String dsn, String text) {
        Reason said = telling.reason(text);
        boolean contradicted = code >= 500 && said == Reason.GREYLISTED;
        if (said != Reason.UNKNOWN && !contradicted) {
            return said;
        }
        Reason enhanced = dsn.length() < 3 ? null : BY_DSN.get(dsn.substring(2));
        if (enhanced != null) {
            return enhanced;
        }
        Reason byCode = byCode(code);
        if (byCode != Reason.UNKNOWN) {
            return byCode;
        }
        return vague.reason(text);
    }

    /** The three-digit code that the text begins with, 200 to 599, or -1. */
    public static int code(String text) {
        if (text.length() < 3 || text.charAt(0) < '2' || text.charAt(0) > '5') {
            return -1;
        }
        if (!isDigit(text.charAt(1)) || !isDigit(text.charAt(2))) {
            return -1;
        }
        if (text.length() > 3 && text.charAt(3) != ' ' && text.charAt(3) != '-') {
            return -1;
        }
        return (text.charAt(0) - '0') * 100 + (text.charAt(1) - '0') * 10 + text.charAt(2) - '0';
    }

    /** The enhanced code such as 4.7.28 that stands at that position, or an empty text. */
    public static String dsn(String text, int from) {
        int first = from + 2;
        if (text.length() < from + 5 || "245".indexOf(text.charAt(from)) < 0 || text.charAt(from + 1) != '.') {
            return "";
        }
        int dot = digitsEnd(text, first);
        if (dot == first || dot >= text.length() || text.charAt(dot) != '.') {
            return "";
        }
        int end = digitsEnd(text, dot + 1);
        return end == dot + 1 ? "" : text.substring(from, end);
    }

    private static Reason byCode(int code) {
        return switch (code) {
            case 421 -> Reason.SERVICE_UNAVAILABLE;
            case 452 -> Reason.INSUFFICIENT_STORAGE;
            case 454, 530, 534, 535, 538 -> Reason.AUTHENTICATION;
            case 500, 501, 502, 503, 504, 553, 555 -> Reason.SYNTAX;
            case 552 -> Reason.MAILBOX_FULL;
            case 556 -> Reason.UNKNOWN_RECIPIENT;
            default -> Reason.UNKNOWN;
        };
    }

    /** End of at most three digits (RFC 3463 allows no more). */
    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && at < from + 3 && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
