package postwarden.e2e.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which metrics and labels a PromQL expression, or the query of a Grafana variable, names. It knows just as much of the language as is
 * needed to tell a metric from a function, a keyword or a label; whether the expression means anything is promtool's to say.
 *
 * @param selectors metrics with the labels that are asked of each
 * @param grouping labels behind {@code by}, {@code on} and the like
 */
record Query(List<Selector> selectors, Set<String> grouping) {
    /** Grafana's own function: values of a label of a metric. */
    private static final Pattern VARIABLE = Pattern.compile("label_values\\(\\s*([\\w:]+)\\s*,\\s*(\\w+)\\s*\\)");

    private static final Set<String> GROUPS = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");
    private static final Pattern TOKEN =
            Pattern.compile("(?<text>\"(?:[^\"\\\\]|\\\\.)*\")|(?<range>\\[[^\\]]*\\])|(?<number>\\d[\\w.]*)"
                    + "|(?<variable>\\$\\{?\\w+\\}?)|(?<name>[a-zA-Z_:][\\w:]*)|(?<sign>\\S)");

    Query {
        selectors = List.copyOf(selectors);
        grouping = Set.copyOf(grouping);
    }

    /** A metric and the labels that are asked of it. */
    record Selector(String metric, Set<String> labels) {
        Selector {
            labels = Set.copyOf(labels);
        }
    }

    /** Reads one expression. */
    static Query of(String expression) {
        Matcher variable = VARIABLE.matcher(expression);
        if (variable.matches()) {
            return new Query(List.of(new Selector(variable.group(1), Set.of(variable.group(2)))), Set.of());
        }
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        while (matcher.find()) {
            if (matcher.group("range") == null && matcher.group("number") == null) {
                tokens.add(matcher.group());
            }
        }
        List<Selector> selectors = new ArrayList<>();
        Set<String> grouping = new TreeSet<>();
        for (int at = 0; at < tokens.size(); at++) {
            String token = tokens.get(at);
            String next = at + 1 < tokens.size() ? tokens.get(at + 1) : "";
            if (GROUPS.contains(token)) {
                if (next.equals("(")) {
                    grouping.addAll(names(tokens, at + 2, ")"));
                    at = end(tokens, at, ")");
                }
            } else if (isName(token) && !WORDS.contains(token) && !next.equals("(") && !GROUPS.contains(next)) {
                boolean asks = next.equals("{");
                selectors.add(new Selector(token, asks ? Set.copyOf(names(tokens, at + 2, "}")) : Set.of()));
                at = asks ? end(tokens, at, "}") : at;
            }
        }
        return new Query(selectors, grouping);
    }

    private static List<String> names(List<String> tokens, int from, String end) {
        return tokens.subList(from, end(tokens, from, end)).stream()
                .filter(Query::isName)
                .toList();
    }

    private static int end(List<String> tokens, int from, String end) {
        int at = from;
        while (at < tokens.size() && !tokens.get(at).equals(end)) {
            at++;
        }
        return at;
    }

    private static boolean isName(String token) {
        return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_' || token.charAt(0) == ':';
    }
}
