package postwarden.parse.rule;

import java.util.List;
import postwarden.event.Event;

/**
 * Rules that are tried from top to bottom; the first that fits says what a message means.
 *
 * <p>Their prefixes stand in a tree, so that a message meets only the rules whose prefix it begins with, however many there are.
 */
public final class RuleList {
    private static final int ASCII = 128;

    private final List<Rule> rules;
    /** The trees of the prefixes that begin with each character; the last is for all other characters. */
    private final Node[] byFirst = new Node[ASCII + 1];

    public RuleList(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        for (int first = 0; first <= ASCII; first++) {
            byFirst[first] = tree(first);
        }
    }

    public List<Rule> rules() {
        return rules;
    }

    /**
     * Reads the message from where the cursor stands.
     *
     * @return whether a rule fitted; the event is untouched when none did, but for what {@code event} held before
     */
    public boolean read(Cursor cursor, Event.Builder event) {
        int start = cursor.at();
        Node node = byFirst[Math.min(cursor.peek(), ASCII)].deepest(cursor.text(), start);
        for (Rule rule : node.fitting) {
            cursor.moveTo(start + rule.prefix().length());
            if (rule.reading().read(cursor, event)) {
                event.rule(rule.name());
                return true;
            }
        }
        cursor.moveTo(start);
        return false;
    }

    private Node tree(int first) {
        List<Rule> begun = rules.stream()
                .filter(rule ->
                        rule.prefix().isEmpty() || Math.min(rule.prefix().charAt(0), ASCII) == first)
                .toList();
        return new Node("", "", begun);
    }

    /** Rules whose prefixes begin with the same text. */
    private static final class Node {
        /** What the prefix has beyond that of the node above. */
        private final String label;
        /** The rules whose prefix is the node's or a beginning of it, in the list's order. */
        private final Rule[] fitting;

        private final Node[] longer;
        /** The first character of the label of each longer node: no two have the same. */
        private final char[] nexts;

        /** @param rules whose prefix begins with this one, or is a beginning of it */
        Node(String prefix, String label, List<Rule> rules) {
            this.label = label;
            fitting = rules.stream()
                    .filter(rule -> prefix.startsWith(rule.prefix()))
                    .toArray(Rule[]::new);
            longer = rules.stream()
                    .map(Rule::prefix)
                    .filter(each -> each.length() > prefix.length())
                    .map(each -> each.charAt(prefix.length()))
                    .distinct()
                    .map(next -> child(prefix, next, rules))
                    .toArray(Node[]::new);
            nexts = new char[longer.length];
            for (int at = 0; at < nexts.length; at++) {
                nexts[at] = longer[at].label.charAt(0);
            }
        }

        /** The node of all rules that go on like this: as long as the longest text that they share. */
        private static Node child(String above, char next, List<Rule> rules) {
            String beginning = above + next;
            List<String> within = rules.stream()
                    .map(Rule::prefix)
                    .filter(prefix -> prefix.startsWith(beginning))
                    .toList();
            String shared = within.get(0);
            for (String each : within) {
                shared = shared.substring(0, common(shared, each));
            }
            String prefix = shared;
            return new Node(
                    prefix,
                    prefix.substring(above.length()),
                    rules.stream()
                            .filter(rule -> rule.prefix().startsWith(prefix) || prefix.startsWith(rule.prefix()))
                            .toList());
        }

        private static int common(String one, String other) {
            int length = 0;
            while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
                length++;
            }
            return length;
        }

        /** @param from where what stands behind this node's prefix begins */
        Node deepest(String text, int from) {
            if (from >= text.length()) {
                return this;
            }
            char next = text.charAt(from);
            for (int at = 0; at < nexts.length; at++) {
                if (nexts[at] == next) {
                    Node node = longer[at];
                    return text.startsWith(node.label, from) ? node.deepest(text, from + node.label.length()) : this;
                }
            }
            return this;
        }
    }
}
