package postwarden.stream.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import postwarden.ask.Entity;
import postwarden.ask.EntityQuestion;
import postwarden.ask.EntityRow;
import postwarden.ask.Listing;
import postwarden.ask.Lookup;
import postwarden.ask.Measures;
import postwarden.detect.Dossier;
import postwarden.stream.ByPart;
import postwarden.stream.JournalCopy;
import postwarden.stream.Shared;
import postwarden.stream.codec.StateCodecs;
import postwarden.tally.Key;
import postwarden.tally.Pane;

/** What the watches know of keys. */
final class EntityAnswers {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_ROWS = 1000;

    private final Reach reach;
    private final Standings standings;
    private final Copies copies;
    private final Clock clock;

    EntityAnswers(Reach reach, Standings standings, Copies copies, Clock clock) {
        this.reach = reach;
        this.standings = standings;
        this.copies = copies;
        this.clock = clock;
    }

    Optional<Entity> entity(Lookup lookup) {
        Key key = lookup.key();
        int part = part(key);
        if (lookup.stale() && !reach.active(Kind.WATCH).contains(part)) {
            return copied(lookup, part);
        }
        Deadline deadline = new Deadline("looking up one key", reach.params());
        Shared shared = reach.shared(Kind.WATCH, part);
        return reach.asked(() -> consistent(shared, () -> {
            KeyRows rows = KeyRows.of(reach, shared);
            return rows.dossier(key, standings.of(shared, rows, deadline), HostScope.of(lookup.hosts()), deadline)
                    .map(dossier -> Figures.entity(lookup, dossier, reach.params(), false, Duration.ZERO));
        }));
    }

    Listing<EntityRow> entities(EntityQuestion question) {
        check(question);
        Deadline deadline = new Deadline("the list of " + Figures.kind(question.watch()) + "s", reach.params());
        EntityScan scan = new EntityScan(question);
        for (Shared shared : reach.shared(Kind.WATCH)) {
            reach.asked(() -> {
                KeyRows rows = KeyRows.of(reach, shared);
                scan.add(rows, standings.of(shared, rows, deadline), deadline);
                ended(shared);
                return scan;
            });
        }
        return scan.listing();
    }

    int part(Key key) {
        return ByPart.of(key, reach.settings().stream().partitions());
    }

    /** A standby's answer: as old as the youngest commit that it has a copy of, or a little older. */
    private Optional<Entity> copied(Lookup lookup, int part) {
        if (!reach.standby(Kind.WATCH).contains(part)) {
            throw reach.notReady("part " + part + " of the watches is not here");
        }
        Deadline deadline = new Deadline("looking up one key", reach.params());
        return reach.asked(() -> {
            JournalCopy journal = copies.of(part);
            KeyRows rows = KeyRows.of(reach, part, journal);
            Standing standing = rows.standing(reach.settings().watch(), deadline);
            Duration age = staleness(journal.written());
            return rows.dossier(lookup.key(), standing, HostScope.of(lookup.hosts()), deadline)
                    .map(dossier -> Figures.entity(lookup, dossier, reach.params(), true, age));
        });
    }

    private Duration staleness(Instant written) {
        if (written.equals(Instant.EPOCH)) {
            throw reach.notReady("the copy that is here does not say how old it is");
        }
        Duration age = Duration.between(written, clock.instant());
        return (age.isNegative() ? Duration.ZERO : age).plus(Copies.MARGIN);
    }

    /** Asks until no commit comes in between; after that many attempts rows of two commits may be in the answer. */
    private <T> T consistent(Shared shared, Supplier<T> question) {
        for (int left = reach.params().attempts(); ; left--) {
            long before = shared.version();
            T answer = question.get();
            long after = shared.version();
            ended(shared);
            if (left <= 1 || (before == after && before % 2 == 0)) {
                return answer;
            }
        }
    }

    private void ended(Shared shared) {
        if (shared.version() == Shared.ENDED) {
            throw reach.notReady("part " + shared.part() + " is moving to another instance");
        }
    }

    private static void check(EntityQuestion question) {
        if (!question.measure().isEmpty() && !Measures.has(question.measure())) {
            throw new IllegalArgumentException("no measure is called '" + question.measure() + "'");
        }
        if (question.window().compareTo(Pane.LENGTH) < 0 || question.window().compareTo(HOUR) > 0) {
            throw new IllegalArgumentException("a window is 10 s to 1 h, not " + question.window());
        }
        if (question.limit() < 1 || question.limit() > MOST_ROWS) {
            throw new IllegalArgumentException("a list has 1 to 1000 rows, not " + question.limit());
        }
    }

    /** Looks at the keys of one question, part by part. */
    private static final class EntityScan {
        private final EntityQuestion question;
        private final Predicate<String> hosts;
        private final Top<EntityRow> top;
        private long total;

        EntityScan(EntityQuestion question) {
            this.question = question;
            hosts = HostScope.of(question.hosts());
            top = new Top<>(question.order(), question.limit());
        }

        void add(KeyRows rows, Standing standing, Deadline deadline) {
            rows.keys()
                    .scan(
                            StateCodecs.prefix(question.tenant(), question.watch()),
                            key -> key.watch() == question.watch()
                                    && key.tenant().equals(question.tenant()),
                            deadline,
                            (key, value) -> {
                                if (key.name().contains(question.search())) {
                                    look(rows, standing, deadline, key, value);
                                }
                            });
        }

        private void look(KeyRows rows, Standing standing, Deadline deadline, Key key, byte[] value) {
            if (question.measure().isEmpty() && question.hosts().isEmpty()) {
                total++;
                if (isBehindPage(0, key.name()) && mayEnter(0, key.name())) {
                    top.add(row(key, rows.dossier(key, value, standing, hosts, deadline)));
                }
                return;
            }
            Dossier dossier = rows.dossier(key, value, standing, hosts, deadline);
            if (!question.hosts().isEmpty() && dossier.hosts().isEmpty()) {
                return;
            }
            total++;
            double measure = measure(dossier);
            if (isBehindPage(measure, key.name()) && mayEnter(measure, key.name())) {
                top.add(row(key, dossier));
            }
        }

        private EntityRow row(Key key, Dossier dossier) {
            return Figures.row(key, dossier, question.window());
        }

        private double measure(Dossier dossier) {
            String name = question.measure();
            if (name.isEmpty()) {
                return 0;
            }
            return Measures.isCount(name)
                    ? dossier.window(question.window(), Measures.count(name))
                    : Measures.of(dossier.window(question.window()), name);
        }

        private boolean isBehindPage(double measure, String name) {
            return question.after().isEmpty()
                    || measure < question.afterMeasure()
                    || (measure == question.afterMeasure() && name.compareTo(question.after()) > 0);
        }

        private boolean mayEnter(double measure, String name) {
            return top.last()
                    .map(last -> {
                        double least = last.measures().getOrDefault(question.measure(), 0.0);
                        return measure > least || (measure == least && name.compareTo(last.name()) < 0);
                    })
                    .orElse(true);
        }

        Listing<EntityRow> listing() {
            return new Listing<>(top.sorted(), total);
        }
    }
}
