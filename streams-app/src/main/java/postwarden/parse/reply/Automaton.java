package postwarden.parse.reply;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds phrases in a text in one pass however many phrases there are (Aho and Corasick, 1975). ASCII letters match in
 * either case. Begins in state 0.
 */
final class Automaton {
    /** What {@link #lowest} gives where no phrase ends. */
    static final int NONE = Integer.MAX_VALUE;
    /** Marks a state in which a phrase ends, so that the others need no second look. */
    static final int ENDS = 1 << 15;
    /** States that there are numbers for, which is characters of all phrases together. */
    static final int MOST_STATES = ENDS;

    private static final int STATE = ENDS - 1;

    private static final int ASCII = 128;
    private static final int[] NOTHING = {};

    /** Column of a character in {@link #next}; 0 for every character that no phrase holds. */
    private final byte[] columns = new byte[ASCII];

    /** Columns are a power of two, so that a state's row is found without a multiplication. */
    private final int shift;
    /** State after a character: {@code next[(state << shift) + column]}. */
    private final char[] next;
    /** The phrases that end in each state, in their order. */
    private final int[][] ending;

    private final int[] lowest;
    private int states = 1;

    /** @param phrases in lower-case ASCII; empty ones are never found */
    Automaton(List<String> phrases) {
        int most = 1 + phrases.stream().mapToInt(String::length).sum();
        if (most > MOST_STATES) {
            throw new IllegalArgumentException(most + " states, more than " + MOST_STATES);
        }
        shift = Integer.SIZE - Integer.numberOfLeadingZeros(assignColumns(phrases));
        next = new char[most << shift];
        ending = new int[most][];
        Arrays.fill(ending, NOTHING);
        for (int index = 0; index < phrases.size(); index++) {
            if (!phrases.get(index).isEmpty()) {
                insert(phrases.get(index), index);
            }
        }
        linkFailures();
        for (int cell = 0; cell < (states << shift); cell++) {
            if (ending[next[cell]].length > 0) {
                next[cell] = (char) (next[cell] | ENDS);
            }
        }
        lowest = Arrays.stream(ending, 0, states)
                .mapToInt(ended -> ended.length == 0 ? NONE : ended[0])
                .toArray();
    }

    /** The state after this character, with {@link #ENDS} where a phrase ends in it. */
    int after(int state, int c) {
        return next[((state & STATE) << shift) + (c < ASCII ? columns[c] : 0)];
    }

    /** Index of the first phrase of the list that ends in that state. */
    int lowest(int state) {
        return lowest[state & STATE];
    }

    /** Indexes of all phrases that end in that state, in their order; not to be changed. */
    int[] ending(int state) {
        return ending[state & STATE];
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
        return used;
    }

    private void insert(String phrase, int index) {
        int state = 0;
        for (int at = 0; at < phrase.length(); at++) {
            int cell = (state << shift) + columns[phrase.charAt(at)];
            if (next[cell] == 0) {
                next[cell] = (char) states++;
            }
            state = next[cell];
        }
        ending[state] = merged(ending[state], new int[] {index});
    }

    /** Turns the tree into an automaton: each missing branch leads where the longest suffix leads. */
    private void linkFailures() {
        int[] failure = new int[states];
        Deque<Integer> open = new ArrayDeque<>();
        open.add(0);
        while (!open.isEmpty()) {
            int state = open.remove();
            if (state != 0) {
                ending[state] = merged(ending[state], ending[failure[state]]);
            }
            for (int column = 0; column < 1 << shift; column++) {
                int cell = (state << shift) + column;
                int child = next[cell];
                char detour = state == 0 ? 0 : next[(failure[state] << shift) + column];
                if (child == 0) {
                    next[cell] = detour;
                } else {
                    failure[child] = detour;
                    open.add(child);
                }
            }
        }
    }

    private static int[] merged(int[] one, int[] other) {
        return other.length == 0
                ? one
                : IntStream.concat(Arrays.stream(one), Arrays.stream(other))
                        .sorted()
                        .toArray();
    }
}
