package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import postwarden.correlate.RecordedLog;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.LogRecord;

/** What merging promises: any order and any grouping of the same tallies give the same sums. */
class TallyTest {
    private static final List<Event> LINES = RecordedLog.parsed("flood.log");
    private static final Count[] COUNTS = Count.values();
    private static final Peak[] PEAKS = Peak.values();
    private static final Distinct[] DISTINCTS = Distinct.values();
    private static final Mark[] MARKS = Mark.values();

    @Property(tries = 100)
    void merging_is_associative(@ForAll long seed) {
        Random random = new Random(seed);
        long one = random.nextLong();
        long two = random.nextLong();
        long three = random.nextLong();

        Tally left = any(one).merge(any(two)).merge(any(three));
        Tally right = any(one).merge(any(two).merge(any(three)));

        assertSame(left, right);
    }

    @Property(tries = 100)
    void merging_is_commutative(@ForAll long one, @ForAll long two) {
        assertSame(any(one).merge(any(two)), any(two).merge(any(one)));
    }

    @Property(tries = 50)
    void an_empty_tally_changes_nothing(@ForAll long seed) {
        assertSame(any(seed).merge(new Tally()), any(seed));
        assertSame(new Tally().merge(any(seed)), any(seed));
    }

    @Property(tries = 50)
    void what_is_merged_in_stays_as_it_is(@ForAll long one, @ForAll long two) {
        Tally second = any(two);

        any(one).merge(second);

        assertSame(any(two), second);
    }

    @Property(tries = 50)
    void what_is_merged_later_is_the_same_whenever_somebody_asks(
            @ForAll long one, @ForAll long two, @ForAll long three) {
        Tally later = any(one).mergeLater(any(two));
        Tally nested = new Tally().mergeLater(later).mergeLater(any(three));

        assertSame(nested, any(one).merge(any(two)).merge(any(three)));
        assertSame(later, any(one).merge(any(two)));
    }

    @Property(tries = 50)
    void what_is_added_before_anybody_asks_is_there_too(@ForAll long one, @ForAll long two) {
        assertSame(
                any(one).mergeLater(any(two)).merge(any(one)).name("client:9", 1),
                any(one).merge(any(two)).merge(any(one)).name("client:9", 1));
    }

    @Property(tries = 50)
    void what_is_read_later_is_the_same(@ForAll long one, @ForAll long two) {
        byte[] bytes = TallyCodec.encode(any(one));

        assertSame(TallyCodec.decodeLater(bytes), any(one));
        assertSame(TallyCodec.decodeLater(bytes).merge(any(two)), any(one).merge(any(two)));
        assertThat(TallyCodec.encode(TallyCodec.decodeLater(bytes))).isEqualTo(bytes);
    }

    private static Tally any(long seed) {
        Random random = new Random(seed);
        Tally tally = new Tally();
        int steps = random.nextInt(200);
        for (int i = 0; i < steps; i++) {
            Event line = LINES.get(random.nextInt(LINES.size()));
            switch (random.nextInt(6)) {
                case 0 -> tally.add(COUNTS[random.nextInt(COUNTS.length)], random.nextInt(10));
                case 1 -> tally.add(COUNTS[random.nextInt(3)], 1, line);
                case 2 -> tally.raise(PEAKS[random.nextInt(PEAKS.length)], random.nextInt(1000));
                case 3 -> tally.mark(MARKS[random.nextInt(MARKS.length)]);
                case 4 -> tally.name("client:" + random.nextInt(8), 1);
                default -> tally.note(DISTINCTS[random.nextInt(2)], "value" + random.nextInt(300));
            }
        }
        return tally;
    }

    @Test
    void a_tally_has_a_bound_whatever_comes() {
        // Given lines of which everything is as long as it may be
        String text = "\u20ac".repeat(4_000);
        LogRecord.Line pattern = LINES.get(0).line();
        Tally tally = new Tally();

        // When
        for (int i = 0; i < 500; i++) {
            LogRecord.Line line = pattern.withMessage(i + text);
            Event event = new Event.Builder(line, Daemon.POSTFIX).build();
            for (Count count : COUNTS) {
                tally.add(count, 1, event);
            }
            for (Distinct distinct : DISTINCTS) {
                tally.note(distinct, text + i);
            }
            tally.name("script:" + i + text, 1);
            for (Lead lead : Lead.values()) {
                tally.lead(lead, text + i, text + i, i, text + i);
            }
        }

        // Then
        int samples = COUNTS.length * Details.SAMPLES_PER_COUNT * 3 * Sample.TEXT_LIMIT;
        int names = Details.NAMES * 3 * Details.NAME_LIMIT;
        int sketches = DISTINCTS.length * 1024;
        int leaders = Lead.values().length * LeaderTable.CELLS * (3 * Details.NAME_LIMIT + 40);
        assertThat(TallyCodec.encode(tally).length).isLessThan(samples + names + sketches + leaders + 20_000);
        assertThat(tally.names()).hasSize(Details.NAMES);
    }

    private static void assertSame(Tally one, Tally other) {
        for (Count count : COUNTS) {
            assertThat(one.count(count)).as(count.measure()).isEqualTo(other.count(count));
            assertThat(one.samples(count)).isEqualTo(other.samples(count));
        }
        for (Peak peak : PEAKS) {
            assertThat(one.peak(peak)).as(peak.measure()).isEqualTo(other.peak(peak));
        }
        for (Distinct distinct : DISTINCTS) {
            assertThat(one.distinct(distinct)).as(distinct.measure()).isEqualTo(other.distinct(distinct));
        }
        assertThat(one.marks()).isEqualTo(other.marks());
        assertThat(one.names()).isEqualTo(other.names());
    }
}
