package postwarden.parse.reply;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Finds the first of an ordered list of phrases that a text contains, in one pass over the text however many phrases
 * there are (Aho and Corasick, 1975). ASCII letters match in either case; what stands in angle brackets is skipped,
 * because it is an address or a name that a stranger chose.
 */
public final class Phrases {
    private static final int ASCII = 128;

    /** Column of a character in {@link #next}; 0 for every character that no phrase holds. */
    private final byte[] columns = new byte[ASCII];

    private final int width;
    /** State after a character: {@code next[state * width + column]}. */
    private final int[] next;
    /** Lowest index of a phrase that ends in that state. */
    private final int[] ending;

    private int states = 1;

    /** @param phrases in lower-case ASCII, not empty, the most telling first */
    public Phrases(List<String> phrases) {
        width = assignColumns(phrases);
        int most = 1 + phrases.stream().mapToInt(String::length).sum();
        next = new int[most * width];
        ending = new int[most];
        Arrays.fill(ending, Integer.MAX_VALUE);
        for (int index = 0; index < phrases.size(); index++) {
            insert(phrases.get(index), index);
        }
        linkFailures();
    }

    /** Index of the first phrase of the list that stands anywhere in the text, or {@code Integer.MAX_VALUE}. */
    public int first(String text) {
        int state = 0;
        int best = Integer.MAX_VALUE;
        int closing = text.lastIndexOf('>');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '<' && at < closing) {
                at = text.indexOf('>', at);
                state = 0;
                continue;
            }
            state = next[state * width + (c < ASCII ? columns[c] : 0)];
            best = Math.min(best, ending[state]);
        }
        return best;
    }

    private int assignColumns(List<String> phrases) {
        int used = 0;
        for (String phrase : phrases) {
            for (int at = 0; at < phrase.length(); at++) {
                char c = phrase.charAt(at);
                if (columns[c] == 0) {
                    columns[c] = (byte) ++used;
                    columns[Character.toUpperCase(c)] = columns[c];
                }
            }
        }
        return used + 1;
    }

    private void insert(String phrase, int index) {
        int state = 0;
        for (int at = 0; at < phrase.length(); at++) {
            int cell = state * width + columns[phrase.charAt(at)];
            if (next[cell] == 0) {
                next[cell] = states++;
            }
            state = next[cell];
        }
        ending[state] = Math.min(ending[state], index);
    }

    /** Turns the tree into an automaton: each missing branch leads where the longest suffix leads. */
    private void linkFailures() {
        int[] failure = new int[states];
        Deque<Integer> open = new ArrayDeque<>();
        open.add(0);
        while (!open.isEmpty()) {
            int state = open.remove();
            ending[state] = Math.min(ending[state], ending[failure[state]]);
            for (int column = 0; column < width; column++) {
                int cell = state * width + column;
                int child = next[cell];
                int detour = state == 0 ? 0 : next[failure[state] * width + column];
                if (child == 0) {
                    next[cell] = detour;
                } else {
                    failure[child] = detour;
                    open.add(child);
                }
            }
        }
    }
}
