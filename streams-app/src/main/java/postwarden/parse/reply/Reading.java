package postwarden.parse.reply;

import java.util.List;

/** One pass over the words of a reply, which keeps the first rule that was met so far. */
record Reading(Automaton phrases, List<ReplyRule> rules, Codes codes) {
    private static final int NONE = Automaton.NONE;

    /**
     * Index of the first rule of all whose phrase stands in the text from there on, or {@link Automaton#NONE}. What was met
     * is kept in two: before the word that is being read and with it, because an address takes back what was met within it.
     */
    int of(String text, int from) {
        int closing = text.lastIndexOf('>');
        int state = phrases.after(0, ' ');
        int best = met(state, NONE);
        int beforeWord = best;
        int at = Words.afterBlanks(text, from, -1);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Words.isOfWord(c)) {
                // Nearly all characters: nothing but the automaton's next state.
                state = phrases.after(state, c);
                best = (state & Automaton.ENDS) == 0 ? best : met(state, best);
                at++;
                continue;
            }
            boolean blank = !Words.isPlain(c) && Words.isBlank(text, at);
            if (c == '<' && at < closing) {
                state = 0;
                beforeWord = best;
                at = text.indexOf('>', at) + 1;
            } else if (c == '@') {
                state = 0;
                best = beforeWord;
                at = Words.addressEnd(text, at);
            } else {
                state = phrases.after(state, blank ? ' ' : Words.isPlain(c) ? c : Words.meant(text, at));
                best = met(state, best);
                beforeWord = blank || Words.isBorder(c) ? best : beforeWord;
                at = blank ? Words.afterBlanks(text, at, codes.code()) : at + Words.length(text, at);
            }
        }
        return met(phrases.after(state, ' '), best);
    }

    private int met(int state, int best) {
        return (state & Automaton.ENDS) != 0 && phrases.lowest(state) < best
                ? Math.min(best, held(phrases.ending(state)))
                : best;
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
