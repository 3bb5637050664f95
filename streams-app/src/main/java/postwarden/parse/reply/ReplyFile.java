package postwarden.parse.reply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import postwarden.event.Reason;

/**
 * A file of rules about replies, read: {@code REASON when phrase} a line under headings {@code [provider; source]}. How it
 * is written stands at the top of {@code replies.conf}, the file that this project comes with.
 *
 * @param rules in the order of the file, of which the first that holds counts
 * @param errors everything that is wrong with it, each with its line; rules are of no use unless this is empty
 */
public record ReplyFile(List<ReplyRule> rules, List<String> errors) {
    /** Rules of one file; the standard one has half as many. */
    static final int MOST_RULES = 2000;
    /** Longest phrase: telling ones have a third of that. */
    static final int LONGEST_PHRASE = 80;
    /** What an automaton has room for, {@link Automaton#MOST_STATES}, less a little. */
    static final int MOST_CHARACTERS = 30_000;
    /** Errors that are told; a file of another kind has one a line. */
    private static final int MOST_ERRORS = 50;

    private static final Map<String, Reason> REASONS = reasons();

    public ReplyFile {
        rules = List.copyOf(rules);
        errors = List.copyOf(errors);
    }

    /** Reads a file's text, whatever it is. */
    public static ReplyFile read(String text) {
        Reading reading = new Reading();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            reading.line(++number, line.strip());
        }
        reading.whole();
        return new ReplyFile(reading.rules, reading.errors.subList(0, Math.min(MOST_ERRORS, reading.errors.size())));
    }

    private static Map<String, Reason> reasons() {
        Map<String, Reason> reasons = new HashMap<>();
        for (Reason reason : Reason.values()) {
            reasons.put(reason.name(), reason);
        }
        return Map.copyOf(reasons);
    }

    /** A file while it is read. */
    private static final class Reading {
        private final List<ReplyRule> rules = new ArrayList<>();
        private final List<String> errors = new ArrayList<>();
        private final Map<String, Integer> lines = new HashMap<>();
        private String provider = "";

        private void line(int number, String line) {
            if (line.isEmpty() || line.startsWith("#")) {
                return;
            }
            if (line.startsWith("[")) {
                heading(number, line);
                return;
            }
            int first = blank(line, 0);
            int second = blank(line, skip(line, first));
            String when = line.substring(Math.min(line.length(), skip(line, first)), second);
            rule(number, line.substring(0, first), when, line.substring(second).strip());
        }

        private void heading(int number, String line) {
            int end = line.indexOf(';');
            if (!line.endsWith("]") || line.length() <= 2) {
                error(number, "a heading is [provider; source]");
            } else {
                provider = line.substring(1, end < 0 ? line.length() - 1 : end).strip();
            }
        }

        private void rule(int number, String reason, String when, String words) {
            Reason known = REASONS.get(reason);
            if (known == null) {
                error(number, "unknown reason '" + shortened(reason) + "'");
            }
            Optional<ReplyCondition> condition = ReplyCondition.of(when);
            if (condition.isEmpty()) {
                error(
                        number,
                        "'" + shortened(when) + "' is not one of any, 4xx, 5xx, not-5xx, a code such as 421, and an"
                                + " enhanced code such as 4.7.28, x.7.28 or 5.7.606-649");
            }
            Optional<String> phrase = phrase(number, words, condition.orElse(ReplyCondition.ANY));
            if (known != null && condition.isPresent() && phrase.isPresent() && isNew(number, when, phrase.get())) {
                rules.add(new ReplyRule(number, known, condition.get(), phrase.get(), provider));
            }
        }

        /** The words that are looked for; {@code *} stands for any, {@code _} for a blank at their beginning or end. */
        private Optional<String> phrase(int number, String words, ReplyCondition when) {
            if (words.equals("*")) {
                if (!when.asksForCode()) {
                    error(number, "any words need a code or an enhanced code");
                    return Optional.empty();
                }
                return Optional.of("");
            }
            String phrase = bare(words).toLowerCase(Locale.ROOT);
            String wrong = wrong(phrase);
            if (!wrong.isEmpty()) {
                error(number, wrong);
                return Optional.empty();
            }
            return Optional.of(phrase);
        }

        private static String bare(String words) {
            String phrase = words;
            if (phrase.startsWith("_")) {
                phrase = ' ' + phrase.substring(1);
            }
            return phrase.length() > 1 && phrase.endsWith("_")
                    ? phrase.substring(0, phrase.length() - 1) + ' '
                    : phrase;
        }

        /** Why such a phrase cannot be looked for; empty when it can. */
        private static String wrong(String phrase) {
            if (phrase.isBlank()) {
                return "the phrase is empty";
            }
            if (phrase.length() > LONGEST_PHRASE) {
                return "the phrase has " + phrase.length() + " characters, more than " + LONGEST_PHRASE;
            }
            for (int at = 0; at < phrase.length(); at++) {
                char c = phrase.charAt(at);
                if (c < ' ' || c > '~') {
                    return "the phrase holds a character that is not printable ASCII";
                }
                if ("<>@\\".indexOf(c) >= 0) {
                    return "the phrase holds '" + c + "', which is never looked at: it marks an address or an escape";
                }
            }
            return phrase.contains("  ") ? "the phrase holds two blanks in a row, which are read as one" : "";
        }

        private boolean isNew(int number, String when, String phrase) {
            Integer before = lines.putIfAbsent(when + ' ' + phrase, number);
            if (before != null) {
                error(number, "the same condition and phrase as in line " + before);
            }
            return before == null;
        }

        /** What only the file as a whole tells. */
        private void whole() {
            int characters =
                    rules.stream().mapToInt(rule -> rule.phrase().length()).sum();
            if (rules.size() > MOST_RULES || characters > MOST_CHARACTERS) {
                errors.add(rules.size() + " rules with " + characters + " characters are too many: at most "
                        + MOST_RULES + " with " + MOST_CHARACTERS);
            } else if (errors.isEmpty()) {
                errors.addAll(RuleTable.neverCounting(rules));
            }
        }

        private void error(int number, String why) {
            errors.add("line " + number + ": " + why);
        }

        private static int blank(String line, int from) {
            int at = from;
            while (at < line.length() && line.charAt(at) != ' ' && line.charAt(at) != '\t') {
                at++;
            }
            return at;
        }

        private static int skip(String line, int from) {
            int at = from;
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                at++;
            }
            return at;
        }

        private static String shortened(String word) {
            return word.length() <= LONGEST_PHRASE ? word : word.substring(0, LONGEST_PHRASE) + "…";
        }
    }
}
