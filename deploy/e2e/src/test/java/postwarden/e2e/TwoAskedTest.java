package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.ask.Entity;
import postwarden.ask.EntityRow;
import postwarden.ask.Holder;
import postwarden.ask.Lookup;
import postwarden.ask.Member;
import postwarden.tally.Key;
import postwarden.tally.Watch;

/** Two instances that share the parts: who answers for what, what a copy says, and what is said while parts move. */
@Timeout(300)
class TwoAskedTest {
    private static final String ONE = "127.0.0.1:7001";
    private static final String TWO = "127.0.0.1:7002";

    @Test
    void each_key_is_answered_by_one_instance_and_by_a_copy_that_says_so_and_never_by_less(@TempDir Path folder)
            throws IOException, ExecutionException, InterruptedException {
        SortedMap<String, Path> logs = Recordings.unpack(Files.createDirectories(folder.resolve("logs")));
        try (Cluster cluster = Cluster.start(folder)) {
            Map<Key, Double> expected = new HashMap<>();
            try (Asked one = Asked.start(cluster, folder.resolve("one"), ONE, 1);
                    Asked two = Asked.start(cluster, folder.resolve("two"), TWO, 1)) {
                // Given
                Await.until("both have parts", () -> haveParts(one) && haveParts(two));
                Producing.once(cluster, logs, folder.resolve("producer"), "mail.lines");
                Await.until("all is decided", () -> one.hasEnded() || two.hasEnded());
                expected.putAll(numbers(one));
                numbers(two)
                        .forEach((key, number) -> assertThat(expected.put(key, number))
                                .as("twice: %s", key)
                                .isNull());

                // Then
                assertThat(expected).hasSizeGreaterThan(20);
                for (Key key : expected.keySet()) {
                    assertOneAnswers(key, one, two);
                }

                // When
                List<Map<Key, Double>> meanwhile = movingAway(two, one, expected.keySet());

                // Then
                assertThat(meanwhile).allSatisfy(told -> assertThat(expected).containsAllEntriesOf(told));
                assertThat(numbers(one)).isEqualTo(expected);
            }
            assertThatAStartSaysNotReadyOrAll(cluster, folder.resolve("three"), expected);
        }
    }

    /** Asks the one for all keys while the other stops and leaves its parts to it. */
    private static List<Map<Key, Double>> movingAway(Asked leaving, Asked staying, Iterable<Key> keys)
            throws ExecutionException, InterruptedException {
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<List<Map<Key, Double>>> asking = other.submit(() -> ask(staying, keys, isOver));
            leaving.close();
            Await.until("all parts are with the one", () -> hasAll(staying, keys));
            isOver.set(true);
            return asking.get();
        } finally {
            isOver.set(true);
            other.shutdownNow();
        }
    }

    private static List<Map<Key, Double>> ask(Asked asked, Iterable<Key> keys, AtomicBoolean isOver) {
        List<Map<Key, Double>> told = new ArrayList<>();
        while (!isOver.get()) {
            Map<Key, Double> numbers = new HashMap<>();
            for (Key key : keys) {
                // Nothing, where it should be NotReady or the number, would be 0.
                Asked.ifReady(() -> asked.answers().entity(Lookup.of(key)))
                        .ifPresent(answer -> numbers.put(
                                key, answer.map(TwoAskedTest::number).orElse(0.0)));
            }
            told.add(numbers);
        }
        return told;
    }

    private static boolean hasAll(Asked asked, Iterable<Key> keys) {
        for (Key key : keys) {
            if (Asked.ifReady(() -> asked.answers().entity(Lookup.of(key))).isEmpty()) {
                return false;
            }
        }
        return asked.answers().health().ready();
    }

    private static void assertOneAnswers(Key key, Asked one, Asked two)
            throws ExecutionException, InterruptedException {
        Holder asOneSays = one.answers().holder(key);
        Holder asTwoSays = two.answers().holder(key);
        assertThat(asOneSays.active()).isEqualTo(asTwoSays.active());
        assertThat(asOneSays.self()).isNotEqualTo(asTwoSays.self());
        Asked active = asOneSays.self() ? one : two;
        Asked standby = asOneSays.self() ? two : one;
        assertThat(asOneSays.standbys()).containsExactly(asOneSays.self() ? TWO : ONE);
        Entity exact = active.answers().entity(Lookup.of(key)).orElseThrow();
        assertThat(active.answers()
                        .entity(Lookup.of(key).orStale())
                        .orElseThrow()
                        .standby())
                .isFalse();
        assertThat(Asked.ifReady(() -> standby.answers().entity(Lookup.of(key))))
                .isEmpty();
        Await.until(
                "the copy of " + key + " is whole",
                () -> Asked.ifReady(
                                () -> standby.answers().entity(Lookup.of(key).orStale()))
                        .flatMap(copy -> copy)
                        .filter(copy -> copy.standby() && !copy.staleness().isZero())
                        .filter(copy -> copy.windows()
                                .getOrDefault("all", Map.of())
                                .equals(exact.windows().getOrDefault("all", Map.of())))
                        .isPresent());
    }

    /** An instance without a state of its own restores all: from its start it says that it cannot answer yet, or all. */
    private static void assertThatAStartSaysNotReadyOrAll(Cluster cluster, Path state, Map<Key, Double> expected)
            throws ExecutionException, InterruptedException {
        int notReady = 0;
        try (Asked third = Asked.start(cluster, state, "127.0.0.1:7003", 0)) {
            assertThat(third.answers().health().ready()).isFalse();
            long end = System.nanoTime() + Await.LONG.toNanos();
            boolean ready = false;
            while (!ready && System.nanoTime() < end) {
                ready = third.answers().health().ready();
                for (Map.Entry<Key, Double> each : expected.entrySet()) {
                    Optional<Optional<Entity>> told =
                            Asked.ifReady(() -> third.answers().entity(Lookup.of(each.getKey())));
                    notReady += told.isEmpty() ? 1 : 0;
                    told.ifPresent(answer ->
                            assertThat(answer.map(TwoAskedTest::number)).contains(each.getValue()));
                }
            }
            assertThat(ready).isTrue();
            assertThat(notReady).isPositive();
        }
    }

    private static boolean haveParts(Asked asked) {
        List<Member> members = asked.answers().members();
        return asked.answers().health().ready()
                && members.size() == 2
                && members.stream().allMatch(member -> member.activeParts() > 0 && member.standbyParts() > 0);
    }

    private static Map<Key, Double> numbers(Asked asked) {
        Map<Key, Double> numbers = new HashMap<>();
        for (Watch watch : List.of(Watch.SERVER, Watch.ACCOUNT, Watch.DESTINATION)) {
            List<EntityRow> rows = asked.keys(watch);
            for (Key key : Asked.keys(watch, rows)) {
                numbers.put(
                        key,
                        asked.answers()
                                .entity(Lookup.of(key))
                                .map(TwoAskedTest::number)
                                .orElseThrow());
            }
        }
        return numbers;
    }

    private static double number(Entity entity) {
        return entity.windows().getOrDefault("all", Map.of()).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }
}
