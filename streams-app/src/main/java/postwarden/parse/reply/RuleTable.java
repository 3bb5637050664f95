package postwarden.parse.reply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules ready to be asked: the first of the file that holds for a reply, in one pass over its text. */
final class RuleTable {
    private static final int NONE = Automaton.NONE;
    /** Above the highest code, 599. */
    private static final int CODES = 600;
    /** Classes of enhanced codes that a rule without a class is for. */
    private static final int[] ALL_CLASSES = {2, 4, 5};

    private final List<ReplyRule> rules;
    private final Automaton phrases;
    /** Lowest rule for any words, by code. */
    private final int[] byCode = new int[CODES];

    /** The same by class and enhanced code. */
    private final Map<Long, Integer> byEnhanced = new HashMap<>();

    /** @param rules that a {@link ReplyFile} without errors holds */
    RuleTable(List<ReplyRule> rules) {
        this.rules = List.copyOf(rules);
        phrases = new Automaton(rules.stream().map(ReplyRule::phrase).toList());
        Arrays.fill(byCode, NONE);
        for (int index = 0; index < rules.size(); index++) {
            if (rules.get(index).phrase().isEmpty()) {
                enter(rules.get(index).when(), index);
            }
        }
    }

    /**
     * The rule that counts.
     *
     * @param from where the words begin, behind the codes
     */
    Optional<ReplyRule> first(Codes codes, String text, int from) {
        int best = new Reading(phrases, rules, codes).of(text, from);
        best = Math.min(best, codes.code() < 0 ? NONE : byCode[codes.code()]);
        if (codes.enhanced() >= 0) {
            best = Math.min(best, byEnhanced.getOrDefault(key(codes.kind(), codes.enhanced()), NONE));
        }
        return best == NONE ? Optional.empty() : Optional.of(rules.get(best));
    }

    /** A word about each rule whose phrase an earlier rule for any code is found in, so that it can never count. */
    static List<String> neverCounting(List<ReplyRule> rules) {
        List<ReplyRule> plain = new ArrayList<>(rules);
        plain.removeIf(rule -> rule.phrase().isEmpty() || !rule.when().isAny());
        RuleTable table = new RuleTable(plain);
        List<String> told = new ArrayList<>();
        for (ReplyRule rule : rules) {
            table.within(rule.phrase())
                    .filter(first -> first.line() < rule.line())
                    .ifPresent(first -> told.add("line " + rule.line() + ": never counts, because whatever holds '"
                            + rule.phrase() + "' holds '" + first.phrase() + "' of line " + first.line()));
        }
        return told;
    }

    /** The first rule whose phrase stands in exactly this text. */
    private Optional<ReplyRule> within(String phrase) {
        int best = NONE;
        int state = 0;
        for (int at = 0; at < phrase.length(); at++) {
            state = phrases.after(state, phrase.charAt(at));
            best = Math.min(best, phrases.lowest(state));
        }
        return best == NONE ? Optional.empty() : Optional.of(rules.get(best));
    }

    private void enter(ReplyCondition when, int index) {
        if (when.code() != 0) {
            byCode[when.code()] = Math.min(byCode[when.code()], index);
        }
        for (int enhanced = when.first(); enhanced >= 0 && enhanced <= when.last(); enhanced++) {
            for (int kind : when.kind() == 0 ? ALL_CLASSES : new int[] {when.kind()}) {
                byEnhanced.putIfAbsent(key(kind, enhanced), index);
            }
        }
    }

    private static long key(int kind, int enhanced) {
        return (long) kind << Integer.SIZE | enhanced;
    }
}
