package postwarden.parse.reply;

import java.util.Optional;

/**
 * Which codes a rule is for; packed into numbers, because it is asked for at every phrase that is found.
 *
 * @param code the three digits, or 0 for any
 * @param kind 4 or 5 for the first digit of code or enhanced code, -5 for any but 5, 0 for any at all
 * @param first lowest enhanced code without its class, subject × 1000 + detail, or -1 where none is asked for
 * @param last highest enhanced code, or -1
 */
record ReplyCondition(int code, int kind, int first, int last) {
    static final ReplyCondition ANY = new ReplyCondition(0, 0, -1, -1);

    private static final int SUBJECT = 1000;
    private static final int MOST_PARTS = 3;

    /** Reads {@code any}, {@code 421}, {@code 4xx}, {@code not-5xx}, {@code 4.7.28}, {@code x.7.28}, {@code 5.7.606-649}. */
    static Optional<ReplyCondition> of(String word) {
        return switch (word) {
            case "any" -> Optional.of(ANY);
            case "4xx" -> Optional.of(new ReplyCondition(0, 4, -1, -1));
            case "5xx" -> Optional.of(new ReplyCondition(0, 5, -1, -1));
            case "not-5xx" -> Optional.of(new ReplyCondition(0, -5, -1, -1));
            default -> word.indexOf('.') < 0 ? code(word) : enhanced(word);
        };
    }

    boolean isAny() {
        return equals(ANY);
    }

    boolean asksForCode() {
        return code != 0 || first >= 0;
    }

    boolean holds(Codes said) {
        if (code != 0 && code != said.code()) {
            return false;
        }
        if (kind < 0 ? said.kind() == -kind : kind > 0 && said.kind() != kind) {
            return false;
        }
        return first < 0 || (said.enhanced() >= first && said.enhanced() <= last);
    }

    private static Optional<ReplyCondition> code(String word) {
        int code = word.length() == 3 ? Codes.code(word, 0) : -1;
        return code < 400 ? Optional.empty() : Optional.of(new ReplyCondition(code, 0, -1, -1));
    }

    private static Optional<ReplyCondition> enhanced(String word) {
        int range = word.indexOf('-');
        String single = range < 0 ? word : word.substring(0, range);
        char kind = word.charAt(0);
        if (kind != 'x' && kind != '4' && kind != '5') {
            return Optional.empty();
        }
        String dsn = Codes.dsn('5' + single.substring(1), 0);
        int to = range < 0 ? Codes.detail(dsn) : number(word.substring(range + 1));
        int from = Codes.detail(dsn);
        if (dsn.length() != single.length() || from < 0 || to < from) {
            return Optional.empty();
        }
        int subject = Codes.subject(dsn) * SUBJECT;
        return Optional.of(new ReplyCondition(0, kind == 'x' ? 0 : kind - '0', subject + from, subject + to));
    }

    private static int number(String digits) {
        int number = 0;
        for (int at = 0; at < digits.length(); at++) {
            if (digits.charAt(at) < '0' || digits.charAt(at) > '9') {
                return -1;
            }
            number = number * 10 + digits.charAt(at) - '0';
        }
        return digits.isEmpty() || digits.length() > MOST_PARTS ? -1 : number;
    }
}
