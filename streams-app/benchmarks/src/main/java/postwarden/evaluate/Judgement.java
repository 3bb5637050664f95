package postwarden.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import postwarden.simulate.Label;

/**
 * Holds notices against labels: which label was told, and which incident was about nothing. Whom a rule of others speaks of is
 * taken generously: one of many guessing addresses is enough.
 */
final class Judgement {
    private final List<Label> labels;
    private final Map<String, List<Notice>> incidents = new LinkedHashMap<>();

    /**
     * What became of one label.
     *
     * @param after from its onset to the first notice, not below zero; empty when nobody told it
     * @param cause whether the first cause that was told was right; empty where that is not judged
     * @param duplicates further incidents of the same detector while one was open
     * @param flaps times that an incident was over and came again
     */
    record Fate(Label label, Optional<Duration> after, Optional<Boolean> cause, int duplicates, int flaps) {}

    /** An incident and what it was worth. */
    enum Worth {
        /** It is about something that happened, or that it led to. */
        RIGHT,
        /** It is about a look-alike, and may be said. */
        ALLOWED,
        /** It is about a look-alike, and must not be said. */
        VIOLATION,
        /** It is about nothing. */
        WRONG
    }

    Judgement(Collection<Label> labels, Collection<Notice> notices) {
        this.labels = List.copyOf(labels);
        notices.forEach(notice -> incidents
                .computeIfAbsent(notice.incident(), any -> new ArrayList<>())
                .add(notice));
    }

    /** All incidents, by their first notice. */
    Map<Notice, Worth> worths() {
        Map<Notice, Worth> worths = new HashMap<>();
        incidents.values().forEach(story -> worths.put(story.get(0), worth(story)));
        return worths;
    }

    /** The label that an incident is about: an incident's before a look-alike's. */
    Optional<Label> subject(Notice notice) {
        return labels.stream()
                .filter(label -> concerns(notice, label, Expectations.of(label.kind())))
                .max(Comparator.<Label, Boolean>comparing(label -> isNamed(notice, label))
                        .thenComparing(Label::incident));
    }

    /** What became of a label, as far as these detectors tell it. */
    Fate fate(Label label, Set<String> right) {
        Expectation expectation = Expectations.of(label.kind());
        List<List<Notice>> about = incidents.values().stream()
                .filter(story -> story.stream().anyMatch(notice -> tells(notice, label, expectation, right)))
                .toList();
        Optional<Notice> first = about.stream()
                .flatMap(List::stream)
                .filter(notice -> tells(notice, label, expectation, right))
                .min(Comparator.comparing(Notice::told));
        return new Fate(
                label,
                first.map(notice -> after(label.onset(), notice.told())),
                first.flatMap(notice -> cause(label, notice)),
                duplicates(about, right),
                flaps(about, right));
    }

    private static Duration after(Instant onset, Instant told) {
        Duration after = Duration.between(onset, told);
        return after.isNegative() ? Duration.ZERO : after;
    }

    private static Optional<Boolean> cause(Label label, Notice notice) {
        boolean judged = !label.causes().isEmpty()
                && !notice.cause().isEmpty()
                && notice.detector().equals(label.kind());
        return judged ? Optional.of(label.causes().contains(notice.cause())) : Optional.empty();
    }

    private Worth worth(List<Notice> story) {
        Worth worth = Worth.WRONG;
        for (Label label : labels) {
            Expectation expectation = Expectations.of(label.kind());
            for (Notice notice : story) {
                Worth one = worth(notice, label, expectation);
                if (one.compareTo(worth) < 0) {
                    worth = one;
                }
            }
        }
        return worth;
    }

    private static Worth worth(Notice notice, Label label, Expectation expectation) {
        if (!concerns(notice, label, expectation)) {
            return Worth.WRONG;
        }
        boolean allowed = expectation.allows(notice.detector()) || FixedRule.claims(notice.detector(), label.kind());
        if (label.incident() && allowed) {
            return Worth.RIGHT;
        }
        boolean forbidden = expectation.never().contains(notice.detector());
        boolean severe = notice.severity().compareTo(expectation.mild()) >= 0;
        if ((forbidden && severe) || (!label.incident() && FixedRule.isOne(notice.detector()))) {
            return Worth.VIOLATION;
        }
        return allowed || forbidden ? Worth.ALLOWED : Worth.WRONG;
    }

    private static boolean tells(Notice notice, Label label, Expectation expectation, Set<String> right) {
        return notice.step() != Notice.Step.OVER
                && !Collections.disjoint(notice.spoken(), right)
                && concerns(notice, label, expectation);
    }

    /** Whether a notice is about a label, whoever speaks. */
    boolean concerns(Notice notice, Label label) {
        return concerns(notice, label, Expectations.of(label.kind())) && isNamed(notice, label);
    }

    /** Whether it is told in time and about the same. */
    private static boolean concerns(Notice notice, Label label, Expectation expectation) {
        boolean inTime = !notice.told().isBefore(label.begins())
                && !notice.told().isAfter(label.end().plus(expectation.window()));
        if (!inTime || (!notice.server().isEmpty() && !label.hosts().contains(notice.server()))) {
            return false;
        }
        boolean follows = !notice.server().isEmpty() && expectation.also().contains(notice.detector());
        return isNamed(notice, label) || follows;
    }

    private static boolean isNamed(Notice notice, Label label) {
        return Stream.concat(notice.subjects().stream(), Stream.of(notice.server()))
                .anyMatch(subject ->
                        label.names().contains(subject) || label.actors().contains(subject));
    }

    private static int duplicates(List<List<Notice>> about, Set<String> right) {
        return (int) Math.max(
                0,
                about.stream()
                                .map(story -> story.get(0))
                                .filter(notice -> right.contains(notice.detector()) && !notice.child())
                                .count()
                        - 1);
    }

    private static int flaps(List<List<Notice>> about, Set<String> right) {
        int flaps = 0;
        for (List<Notice> story : about) {
            for (int at = 1; at < story.size(); at++) {
                boolean again = story.get(at - 1).step() == Notice.Step.OVER
                        && story.get(at).step() != Notice.Step.OVER
                        && right.contains(story.get(at).detector());
                flaps += again ? 1 : 0;
            }
        }
        return flaps;
    }
}
