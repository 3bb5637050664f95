package postwarden.cli;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import postwarden.event.Event;
import postwarden.event.Kind;

/** Counts what {@code postwarden parse} read: lines, events by kind, unrecognised lines by template. */
final class ParseSummary {
    /** Templates that are told apart; what comes later is counted together. */
    private static final int MOST_TEMPLATES = 1000;

    private static final String OTHERS = "(other templates)";
    private static final int LONGEST_TEMPLATE = 100;

    private final Map<String, Long> kinds = new TreeMap<>();
    private final Map<String, Long> templates = new HashMap<>();
    private long lines;

    void count(Event event) {
        lines++;
        kinds.merge(event.kind().wireName(), 1L, Long::sum);
        if (event.is(Kind.UNRECOGNISED)) {
            count(event.line().program() + ": " + template(event.line().message()));
        }
    }

    void countUnparsed() {
        lines++;
        kinds.merge("unparsed", 1L, Long::sum);
    }

    /** The counts as text for people, kinds by name, templates by frequency. */
    String text() {
        StringBuilder text = new StringBuilder().append(lines).append(" lines\n");
        kinds.forEach((kind, count) -> append(text, count, kind));
        if (!templates.isEmpty()) {
            text.append("unrecognised, by template\n");
            templates.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .forEach(entry -> append(text, entry.getValue(), entry.getKey()));
        }
        return text.toString();
    }

    private void count(String template) {
        boolean known = templates.containsKey(template) || templates.size() < MOST_TEMPLATES;
        templates.merge(known ? template : OTHERS, 1L, Long::sum);
    }

    /** The message with every word that holds a digit, an @ or a bracket as {@code *}. */
    private static String template(String message) {
        StringBuilder template = new StringBuilder();
        String start = message.substring(0, Math.min(message.length(), LONGEST_TEMPLATE));
        for (String word : start.split(" ")) {
            boolean variable = word.chars().anyMatch(c -> Character.isDigit(c) || "@<>[]=".indexOf(c) >= 0);
            template.append(template.isEmpty() ? "" : " ").append(variable ? "*" : word);
        }
        return template.toString();
    }

    private static void append(StringBuilder text, long count, String what) {
        text.append(String.format("%10d %s%n", count, what));
    }
}
