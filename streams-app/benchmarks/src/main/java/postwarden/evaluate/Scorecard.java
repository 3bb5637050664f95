package postwarden.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import postwarden.simulate.Label;

/** All detectors' rows of one run. */
final class Scorecard {
    private final Run run;
    private final Judgement judgement;
    private final Map<Notice, Judgement.Worth> worths;

    /** @param contender whose notices of the run are judged */
    Scorecard(Run run, int contender) {
        this.run = run;
        judgement = new Judgement(run.labels(), run.notices().get(contender));
        worths = judgement.worths();
    }

    /** One row for each detector that should have spoken or did, by name. */
    Collection<Row> rows() {
        Map<String, Row> rows = new TreeMap<>();
        for (Label label : run.labels()) {
            if (label.incident()) {
                row(rows, label.kind()).add(judgement.fate(label, right(label)));
            }
        }
        worths.forEach((notice, worth) -> row(rows, notice.detector()).add(worth));
        return rows.values();
    }

    /** One row for each rule of others: the labels of all kinds that it claims. */
    Collection<Row> peers() {
        Map<String, Row> rows = new TreeMap<>();
        for (FixedRule rule : FixedRule.ALL) {
            Row row = row(rows, rule.name());
            for (Label label : run.labels()) {
                if (label.incident() && rule.claims().contains(label.kind())) {
                    row.add(judgement.fate(label, Set.of(rule.name())));
                }
            }
        }
        worths.forEach((notice, worth) -> row(rows, notice.detector()).add(worth));
        return rows.values();
    }

    /** The same labels by something about them, such as their strength. */
    Map<String, Row> by(Function<Label, String> trait) {
        Map<String, Row> rows = new TreeMap<>();
        for (Label label : run.labels()) {
            if (label.incident()) {
                row(rows, label.kind() + " " + trait.apply(label)).add(judgement.fate(label, right(label)));
            }
        }
        return rows;
    }

    /** Labels of incidents that nobody told. */
    List<Label> missed() {
        return run.labels().stream()
                .filter(label -> label.incident()
                        && judgement.fate(label, right(label)).after().isEmpty())
                .toList();
    }

    /** Incidents that somebody opened about a label's names in its time. */
    List<Notice> about(Label label) {
        return worths.keySet().stream()
                .filter(notice -> judgement.concerns(notice, label))
                .sorted(Comparator.comparing(Notice::told))
                .toList();
    }

    /** Incidents of this worth, by their first notice. */
    List<Notice> incidents(Judgement.Worth worth) {
        List<Notice> all = new ArrayList<>();
        worths.forEach((notice, one) -> {
            if (one == worth) {
                all.add(notice);
            }
        });
        all.sort(Comparator.comparing(Notice::told).thenComparing(Notice::incident));
        return all;
    }

    /** What an incident is about, in words. */
    String subject(Notice notice) {
        return judgement.subject(notice).map(Label::kind).orElse("nothing");
    }

    private static Set<String> right(Label label) {
        return Expectations.of(label.kind()).right();
    }

    private static Row row(Map<String, Row> rows, String name) {
        return rows.computeIfAbsent(name, Row::new);
    }
}
