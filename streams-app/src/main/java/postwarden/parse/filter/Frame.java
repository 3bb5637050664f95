package postwarden.parse.filter;

import java.util.Arrays;

/**
 * What stands between marks that a daemon writes in a fixed order, some of them perhaps left out. A stranger's text may hold a
 * mark of its own: then some mark stands twice, and nothing between the marks is believed.
 */
final class Frame {
    private final String text;
    private final String[] marks;
    private final int[] found;
    private final boolean certain;

    private Frame(String text, String[] marks, int[] found, boolean certain) {
        this.text = text;
        this.marks = marks;
        this.found = found;
        this.certain = certain;
    }

    /** Looks for the marks from that position on. */
    static Frame of(String text, int from, String... marks) {
        int[] found = new int[marks.length];
        boolean certain = true;
        int behind = from;
        for (int at = 0; at < marks.length; at++) {
            found[at] = text.indexOf(marks[at], from);
            if (found[at] >= 0) {
                boolean again = text.indexOf(marks[at], found[at] + 1) >= 0;
                certain = certain && !again && found[at] >= behind;
                behind = found[at] + marks[at].length();
            }
        }
        return new Frame(text, marks, found, certain);
    }

    /** Whether each mark stands at most once, in the daemon's order, none within another. */
    boolean certain() {
        return certain;
    }

    /** Whether the mark is there and what stands behind it may be believed. */
    boolean has(int mark) {
        return certain && found[mark] >= 0;
    }

    /** Whether all marks are there, and all may be believed. */
    boolean isWhole() {
        return certain && Arrays.stream(found).allMatch(at -> at >= 0);
    }

    /** What stands between the mark and the next that is there, or the end; empty when it may not be believed. */
    String value(int mark) {
        if (!has(mark)) {
            return "";
        }
        int end = text.length();
        for (int at = mark + 1; at < marks.length; at++) {
            if (found[at] >= 0) {
                end = found[at];
                break;
            }
        }
        return text.substring(found[mark] + marks[mark].length(), end);
    }
}
