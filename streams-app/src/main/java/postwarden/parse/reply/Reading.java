package postwarden.parse.reply;

import java.util.List;

/** One pass over the words of a reply, which keeps the first rule that was met so far. Belongs to one thread. */
final class Reading {
    private static final int NONE = Automaton.NONE;

    private final Automaton phrases;
    private final List<ReplyRule> rules;
    private final Codes codes;
    private int state;
    private int best = NONE;
    /** What was met before the word began that is being read; an address takes back what was met within it. */
    private int beforeWord = NONE;

    Reading(Automaton phrases, List<ReplyRule> rules, Codes codes) {
        this.phrases = phrases;
        this.rules = rules;
        this.codes = codes;
    }

    /** Index of the first rule of all whose phrase stands in the text from there on, or {@link Automaton#NONE}. */
    int of(String text, int from) {
        int closing = text.lastIndexOf('>');
        blank();
        int at = Words.afterBlanks(text, from, -1);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Words.isPlain(c)) {
                take(c);
                at++;
            } else if (Words.isBlank(text, at)) {
                blank();
                at = Words.afterBlanks(text, at, codes.code());
            } else {
                at = special(text, at, closing);
            }
        }
        blank();
        return best;
    }

    private int special(String text, int at, int closing) {
        char c = text.charAt(at);
        if (c == '<' && at < closing) {
            state = 0;
            beforeWord = best;
            return text.indexOf('>', at) + 1;
        }
        if (c == '@') {
            state = 0;
            best = beforeWord;
            return Words.addressEnd(text, at);
        }
        take(Words.meant(text, at));
        return at + Words.length(text, at);
    }

    private void blank() {
        meet(' ');
        beforeWord = best;
    }

    private void take(char c) {
        meet(c);
        if (Words.isBorder(c)) {
            beforeWord = best;
        }
    }

    private void meet(char c) {
        state = phrases.after(state, c);
        if (phrases.lowest(state) < best) {
            best = Math.min(best, held(phrases.ending(state)));
        }
    }

    private int held(int[] candidates) {
        for (int index : candidates) {
            if (rules.get(index).when().holds(codes)) {
                return index;
            }
        }
        return NONE;
    }
}
