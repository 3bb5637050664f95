package postwarden.diff;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Two histories held against each other. Incidents are paired by id where both have it. The others are paired by tenant,
 * detector, subject and overlapping time, because an id holds the pane in which a threshold was crossed, which another
 * threshold moves: the longest overlap first, then the nearest detection, each incident once.
 *
 * @param differences in the order of time
 * @param same how many incidents both tell alike
 * @param partial how many were not compared, because one side has not read all that they rest on
 */
public record Comparison(List<Difference> differences, int same, int partial) {
    public Comparison {
        differences = List.copyOf(differences);
    }

    private record Pair(Case before, Case now) {}

    /** Compares what was told with what would be told now. */
    public static Comparison of(List<Case> before, List<Case> now) {
        Set<Case> left = new LinkedHashSet<>(before);
        Set<Case> right = new LinkedHashSet<>(now);
        List<Pair> pairs = byId(left, right);
        pairs.addAll(byTime(left, right));
        List<Difference> differences = new ArrayList<>();
        int same = 0;
        int partial = 0;
        for (Pair pair : pairs) {
            Set<Difference.Change> changes = Difference.changes(pair.before(), pair.now());
            if (!pair.before().whole() || !pair.now().whole()) {
                partial++;
            } else if (changes.isEmpty()) {
                same++;
            } else {
                differences.add(new Difference.Changed(pair.before(), pair.now(), changes));
            }
        }
        left.stream().filter(Case::whole).forEach(each -> differences.add(new Difference.Lost(each)));
        right.stream().filter(Case::whole).forEach(each -> differences.add(new Difference.New(each)));
        differences.sort(Comparator.comparing(Difference::subject, Case.ORDER)
                .thenComparing(difference -> difference.getClass().getSimpleName()));
        long alone = left.stream().filter(each -> !each.whole()).count()
                + right.stream().filter(each -> !each.whole()).count();
        return new Comparison(differences, same, partial + Math.toIntExact(alone));
    }

    /** Takes those that both have. */
    private static List<Pair> byId(Set<Case> left, Set<Case> right) {
        Map<String, Case> ids = new TreeMap<>();
        right.forEach(each -> ids.put(each.id(), each));
        List<Pair> pairs = new ArrayList<>();
        for (Case before : List.copyOf(left)) {
            Case now = ids.get(before.id());
            if (now != null) {
                pairs.add(take(before, now, left, right));
            }
        }
        return pairs;
    }

    private static List<Pair> byTime(Set<Case> left, Set<Case> right) {
        Map<Case.About, List<Case>> told = right.stream().collect(Collectors.groupingBy(Case::about));
        List<Pair> candidates = new ArrayList<>();
        for (Case before : left) {
            told.getOrDefault(before.about(), List.of()).stream()
                    .filter(now -> !before.overlap(now).isNegative())
                    .forEach(now -> candidates.add(new Pair(before, now)));
        }
        candidates.sort(Comparator.comparing((Pair pair) -> pair.before().overlap(pair.now()))
                .reversed()
                .thenComparing(pair -> Duration.between(
                                pair.before().detectedAt(), pair.now().detectedAt())
                        .abs())
                .thenComparing(Pair::before, Case.ORDER)
                .thenComparing(Pair::now, Case.ORDER));
        List<Pair> pairs = new ArrayList<>();
        for (Pair pair : candidates) {
            if (left.contains(pair.before()) && right.contains(pair.now())) {
                pairs.add(take(pair.before(), pair.now(), left, right));
            }
        }
        return pairs;
    }

    private static Pair take(Case before, Case now, Set<Case> left, Set<Case> right) {
        left.remove(before);
        right.remove(now);
        return new Pair(before, now);
    }
}
