package postwarden.drift;

import java.util.Set;
import postwarden.parse.rule.Addresses;

/**
 * A message with what varies left out. As a template it keeps the words alone, so that lines of one kind are one text; as a sample it
 * keeps numbers and names of hosts too, and leaves out whom the line is about.
 */
final class Words {
    /** Longer than the fixed words of any message met so far; the rest tells no more. */
    static final int LONGEST = 200;
    /** Nobody writes longer words; ids and base64 are. */
    private static final int LONGEST_WORD = 30;

    private static final String VARIES = "*";
    private static final String PUNCTUATION = ",;:.!?)";
    private static final String OPENING = "<[\"";
    private static final String CLOSING = ">]\"";
    /** A user stands behind these, as a value or as the next word. */
    private static final Set<String> USERS = Set.of(
            "user",
            "username",
            "ruser",
            "account",
            "login",
            "uid",
            "logname",
            "mailbox",
            "sasl_username",
            "sender",
            "authid",
            "for");

    private final String message;
    private final boolean template;
    private final StringBuilder out = new StringBuilder();
    private String before = "";
    private int at;

    private Words(String message, boolean template) {
        this.message = message.substring(0, Math.min(message.length(), LONGEST));
        this.template = template;
    }

    /** The words that make lines of one kind equal; at most {@value #LONGEST} characters. */
    static String template(String message) {
        return new Words(message, true).read();
    }

    /** The message for a person to recognise, without addresses and users; at most {@value #LONGEST} characters. */
    static String sample(String message) {
        return new Words(message, false).read();
    }

    private String read() {
        while (at < message.length()) {
            char c = message.charAt(at);
            int kind = OPENING.indexOf(c);
            int close = kind < 0 ? -1 : message.indexOf(CLOSING.charAt(kind), at + 1);
            if (close > 0) {
                inBrackets(c, message.substring(at + 1, close), CLOSING.charAt(kind));
                at = close + 1;
            } else if (isQuote(at)) {
                close = quoteEnd(at + 1);
                inBrackets(c, message.substring(at + 1, close), c);
                at = close + 1;
            } else if (c == ' ') {
                space();
                at++;
            } else {
                word();
            }
        }
        String text = out.toString().strip();
        return text.substring(0, Math.min(text.length(), LONGEST));
    }

    private void inBrackets(char open, String inside, char close) {
        boolean number = !inside.isEmpty() && inside.chars().allMatch(Words::isDigit);
        boolean kept = inside.isEmpty() || (!template && number);
        out.append(open).append(kept ? inside : VARIES).append(close);
        before = "";
    }

    private void space() {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
    }

    private void word() {
        int end = at;
        while (end < message.length() && message.charAt(end) != ' ' && !isBorder(end)) {
            end++;
        }
        String word = message.substring(at, Math.max(end, at + 1));
        at += word.length();
        int equals = word.indexOf('=');
        if (equals > 0 && isName(word.substring(0, equals))) {
            value(word, equals);
        } else {
            int stop = word.length();
            while (stop > 0 && PUNCTUATION.indexOf(word.charAt(stop - 1)) >= 0) {
                stop--;
            }
            String bare = word.substring(0, stop);
            put(isLeftOut(bare) || isHost() ? VARIES : bare);
            out.append(word.substring(stop));
            before = stop == word.length() ? bare : "";
        }
    }

    /** Whether what was just read names the host whose address follows in brackets: a template is one for all hosts. */
    private boolean isHost() {
        return template && at < message.length() && message.charAt(at) == '[';
    }

    private void value(String word, int equals) {
        String key = word.substring(0, equals);
        String value = word.substring(equals + 1);
        String end = value.endsWith(",") || value.endsWith(";") ? value.substring(value.length() - 1) : "";
        before = "";
        boolean varies = template || isLeftOut(value) || USERS.contains(key);
        out.append(key).append('=').append(value.isEmpty() || !varies ? value : VARIES + end);
    }

    /** Words that vary next to each other are one: how many there are varies too. */
    private void put(String word) {
        boolean again = template && word.equals(VARIES) && out.toString().endsWith(VARIES + " ");
        if (again) {
            out.setLength(out.length() - 2);
        }
        out.append(word);
    }

    private boolean isLeftOut(String word) {
        boolean person = word.indexOf('@') >= 0
                || word.length() > LONGEST_WORD
                || !Addresses.canonical(word).isEmpty()
                || (USERS.contains(before) && !word.isEmpty());
        return person || (template && word.chars().anyMatch(Words::varies));
    }

    private boolean isBorder(int index) {
        int kind = OPENING.indexOf(message.charAt(index));
        return (kind >= 0 && message.indexOf(CLOSING.charAt(kind), index + 1) > 0) || (index > at && isQuote(index));
    }

    /** An apostrophe is no quote: a quote opens behind a space or a sign, and closes before one. */
    private boolean isQuote(int index) {
        if (message.charAt(index) != '\'') {
            return false;
        }
        boolean opens = index == 0 || " =(:".indexOf(message.charAt(index - 1)) >= 0;
        return opens && quoteEnd(index + 1) > 0;
    }

    private int quoteEnd(int from) {
        for (int end = message.indexOf('\'', from); end >= 0; end = message.indexOf('\'', end + 1)) {
            if (end + 1 == message.length() || " ,;:.)".indexOf(message.charAt(end + 1)) >= 0) {
                return end;
            }
        }
        return -1;
    }

    private static boolean isName(String key) {
        return key.chars().allMatch(c -> Character.isLetter(c) || c == '_' || c == '-');
    }

    private static boolean varies(int c) {
        return isDigit(c) || c > '~' || c < ' ' || c == '/' || c == '\\' || c == '.' || c == '=' || c == '*';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
