package postwarden.parse.rule;

import java.util.ArrayList;
import java.util.List;
import postwarden.event.Event;

/** Rules that are tried from top to bottom; the first that fits says what a message means. */
public final class RuleList {
    private static final int ASCII = 128;

    private final List<Rule> rules;
    /** The rules that can fit a message by its first character, in order; the last entry is for all other characters. */
    private final Rule[][] byFirst = new Rule[ASCII + 1][];

    public RuleList(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        for (int first = 0; first <= ASCII; first++) {
            byFirst[first] = candidates(first);
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
        Rule[] candidates = byFirst[Math.min(cursor.peek(), ASCII)];
        for (Rule rule : candidates) {
            if (cursor.take(rule.prefix())) {
                if (rule.reading().read(cursor, event)) {
                    event.rule(rule.name());
                    return true;
                }
                cursor.moveTo(start);
            }
        }
        return false;
    }

    private Rule[] candidates(int first) {
        List<Rule> fitting = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.prefix().isEmpty() || Math.min(rule.prefix().charAt(0), ASCII) == first) {
                fitting.add(rule);
            }
        }
        return fitting.toArray(Rule[]::new);
    }
}
