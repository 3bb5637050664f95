package postwarden.parse.reply;

import java.util.List;

/**
 * Finds the first of an ordered list of phrases that a text contains. ASCII letters match in either case; what stands in
 * angle brackets is skipped, because it is an address or a name that a stranger chose.
 */
public final class Phrases {
    private final Automaton automaton;

    /** @param phrases in lower-case ASCII, not empty, the most telling first */
    public Phrases(List<String> phrases) {
        automaton = new Automaton(phrases);
    }

    /** Index of the first phrase of the list that stands anywhere in the text, or {@code Integer.MAX_VALUE}. */
    public int first(String text) {
        int state = 0;
        int best = Automaton.NONE;
        int closing = text.lastIndexOf('>');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '<' && at < closing) {
                at = text.indexOf('>', at);
                state = 0;
                continue;
            }
            state = automaton.after(state, c);
            best = Math.min(best, automaton.lowest(state));
        }
        return best;
    }
}
