package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What {@link Leaders} promises; seeds are fixed or printed. */
class LeadersTest {
    private static final int ALL = 1000;
    private static final int RUNS = 100;

    /** One event: who, and from where. */
    private record Came(int event, String name, String detail) {}

    @Test
    void up_to_sixty_four_names_every_count_is_exact() {
        // Given
        Leaders leaders = new Leaders();
        for (int i = 0; i < 5000; i++) {
            String name = "name" + i % 64;
            leaders.add(name, name, i, "detail" + i % 3);
        }

        // When / Then
        assertThat(leaders.isExact()).isTrue();
        assertThat(leaders.top(ALL)).hasSize(64).allMatch(each -> each.atLeast() == each.atMost());
        assertThat(leaders.of("name0").atLeast()).isEqualTo(79);
        assertThat(leaders.of("name0").kinds()).isBetween(2L, 3L);
        assertThat(leaders.of("nobody").atMost()).isZero();
        assertThat(leaders.total()).isEqualTo(5000);
    }

    @Property(tries = 60)
    void whatever_the_order_and_the_grouping_the_same_is_kept(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<Came> events = events(random, 1 + random.nextInt(3000));
        byte[] whole = bytes(of(events));

        // When
        List<Came> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        int one = random.nextInt(events.size() + 1);
        int two = one + random.nextInt(events.size() - one + 1);
        Leaders left =
                merged(merged(of(shuffled.subList(0, one)), of(shuffled.subList(one, two))), tail(shuffled, two));
        Leaders right =
                merged(tail(shuffled, two), merged(of(shuffled.subList(one, two)), of(shuffled.subList(0, one))));

        // Then
        assertThat(bytes(left)).isEqualTo(whole);
        assertThat(bytes(right)).isEqualTo(whole);
    }

    @Test
    void no_name_comes_more_often_than_it_may_and_hardly_any_less_often_than_it_must() {
        long names = 0;
        long wrong = 0;
        long wrongAtTheTop = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            // Given
            Random random = new Random(seed);
            List<Came> events = events(random, 500 + random.nextInt(20_000));
            Map<String, Long> truth = new HashMap<>();
            events.forEach(came -> truth.merge(came.name(), 1L, Long::sum));

            // When
            Leaders leaders = of(events);

            // Then
            for (Map.Entry<String, Long> name : truth.entrySet()) {
                Leader bounds = leaders.of(name.getKey());
                assertThat(bounds.atMost()).as("seed %d", seed).isGreaterThanOrEqualTo(name.getValue());
                wrong += bounds.atLeast() > name.getValue() ? 1 : 0;
            }
            names += truth.size();
            wrongAtTheTop += leaders.top(4).stream()
                    .filter(told -> told.atLeast() > truth.getOrDefault(told.name(), 0L))
                    .count();
            assertThat(leaders.most()).as("seed %d", seed).isGreaterThanOrEqualTo(Collections.max(truth.values()));
        }
        assertThat(wrong).isLessThanOrEqualTo(names / 200);
        assertThat(wrongAtTheTop).isZero();
    }

    @Test
    void who_has_a_tenth_of_many_events_is_named_with_about_as_many() {
        int named = 0;
        for (int run = 0; run < 200; run++) {
            // Given
            Random random = new Random(run);
            Leaders leaders = new Leaders();
            for (int i = 0; i < 3000; i++) {
                String name = i % 10 == 0 ? "victim" : "name" + random.nextInt(2000);
                leaders.add(name, name, run * 10_000L + i, "domain" + (i % 10 == 0 ? i % 700 : random.nextInt(20)));
            }

            // When
            List<Leader> top = leaders.top(1);

            // Then
            if (top.get(0).name().equals("victim")) {
                named++;
                assertThat(top.get(0).atLeast()).isBetween(220L, 300L);
            }
        }
        assertThat(named).isGreaterThanOrEqualTo(196);
    }

    @Test
    void more_of_anything_never_makes_the_most_frequent_less() {
        Random random = new Random(3);
        Leaders leaders = new Leaders();
        long before = 0;
        for (Came came : events(random, 3000)) {
            leaders.add(came.name(), came.name(), came.event(), came.detail());
            assertThat(leaders.most()).isGreaterThanOrEqualTo(before);
            before = leaders.most();
        }
    }

    @Test
    void an_adversary_who_invents_names_hides_nobody() {
        // Given twenty thousand names that come once, and one that comes a thousand times
        Leaders leaders = new Leaders();
        for (int i = 0; i < 21_000; i++) {
            String name = i % 21 == 0 ? "loop" : "invented" + i;
            leaders.add(name, name, i, "");
        }

        // When / Then
        assertThat(leaders.of("loop").atLeast()).isBetween(500L, 1000L);
        assertThat(leaders.top(ALL))
                .filteredOn(each -> each.atLeast() > 100)
                .extracting(Leader::name)
                .allMatch("loop"::equals);
    }

    /** Few names that come often, many that come rarely. */
    private static List<Came> events(Random random, int size) {
        List<Came> events = new ArrayList<>();
        int names = 1 + random.nextInt(600);
        for (int i = 0; i < size; i++) {
            int name = (int) (names * Math.pow(random.nextDouble(), 3));
            events.add(new Came(i, "name" + name, random.nextInt(4) == 0 ? "" : "detail" + random.nextInt(50)));
        }
        return events;
    }

    private static Leaders tail(List<Came> events, int from) {
        return of(events.subList(from, events.size()));
    }

    private static Leaders of(List<Came> events) {
        Leaders leaders = new Leaders();
        events.forEach(came -> leaders.add(came.name(), came.name(), came.event(), came.detail()));
        return leaders;
    }

    private static Leaders merged(Leaders one, Leaders other) {
        Leaders both = new Leaders();
        both.merge(one);
        both.merge(other);
        return both;
    }

    private static byte[] bytes(Leaders leaders) {
        Packer out = new Packer();
        LeadersCodec.encode(leaders, out);
        return out.packed();
    }
}
