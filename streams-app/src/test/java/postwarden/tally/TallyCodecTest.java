package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is stored of a tally; seeds are fixed. */
class TallyCodecTest {
    private static final int RUNS = 300;

    @Test
    void a_tally_is_the_same_after_being_bytes() {
        for (long seed = 0; seed < RUNS; seed++) {
            Tally tally = AnyTally.of(seed);
            Tally read = TallyCodec.decode(TallyCodec.encode(tally));
            assertSame(tally, read, "seed " + seed);
            assertThat(TallyCodec.encode(read)).as("seed %d", seed).isEqualTo(TallyCodec.encode(tally));
        }
    }

    @Test
    void a_tally_that_was_read_goes_on_like_the_one_that_was_written() {
        for (long seed = 0; seed < RUNS; seed++) {
            Tally read = TallyCodec.decode(TallyCodec.encode(AnyTally.of(seed)));
            assertSame(
                    AnyTally.of(seed).merge(AnyTally.of(seed + 1)), read.merge(AnyTally.of(seed + 1)), "seed " + seed);
        }
    }

    @Test
    void an_empty_tally_takes_seven_bytes() {
        assertThat(TallyCodec.encode(new Tally())).hasSize(7);
    }

    @Test
    void a_tally_without_leaders_is_written_as_before_there_were_any() {
        byte[] bytes = TallyCodec.encode(new Tally().add(Count.CONNECTS, 1));

        assertThat(new Unpacker(bytes).number()).isEqualTo(2);
    }

    @Test
    void whatever_bytes_come_they_are_a_tally_or_refused() {
        Random random = new Random(1);
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = TallyCodec.encode(AnyTally.of(run % 50));
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            readOrRefused(Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)), run);
        }
    }

    @Test
    void a_newer_form_is_refused_by_its_number() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TallyCodec.decode(new Packer().number(4).packed()))
                .withMessage("a tally has version 4, this release reads 1 to 3");
    }

    @Test
    void a_damaged_name_is_refused_by_who_asks_for_it_and_the_numbers_are_there() {
        // Given
        byte[] bytes = TallyCodec.encode(new Tally().add(Count.CONNECTS, 3).name("client:one", 1));
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 4);

        // When
        Tally read = TallyCodec.decodeLater(cut);

        // Then
        assertThat(read.count(Count.CONNECTS)).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(read::names)
                .withMessageStartingWith("lines and names of a stored tally, " + cut.length + " bytes: ");
    }

    @Test
    void no_two_counts_have_one_number() {
        assertThat(ids(Arrays.stream(Count.values()).mapToInt(Count::id).toArray()))
                .hasSize(Count.values().length);
        assertThat(ids(Arrays.stream(Peak.values()).mapToInt(Peak::id).toArray()))
                .hasSize(Peak.values().length);
        assertThat(ids(Arrays.stream(Distinct.values()).mapToInt(Distinct::id).toArray()))
                .hasSize(Distinct.values().length);
        assertThat(ids(Arrays.stream(Lead.values()).mapToInt(Lead::id).toArray()))
                .hasSize(Lead.values().length);
        assertThat(ids(Arrays.stream(Watch.values()).mapToInt(Watch::id).toArray()))
                .hasSize(Watch.values().length);
        assertThat(Arrays.stream(Mark.values()).map(Mark::mask).distinct()).hasSize(Mark.values().length);
    }

    @Test
    void numbers_texts_and_times_are_the_same_after_being_bytes() {
        // Given
        long[] numbers = {0, 1, -1, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE};
        Packer out = new Packer();
        for (long number : numbers) {
            out.number(number).fixed(number);
        }
        out.text("ü")
                .flag(true)
                .decimal(-0.0)
                .instant(Instant.MIN)
                .instant(Instant.MAX)
                .bytes(new byte[0]);

        // When
        Unpacker in = new Unpacker(out.packed());

        // Then
        for (long number : numbers) {
            assertThat(in.number()).isEqualTo(number);
            assertThat(in.fixed()).isEqualTo(number);
        }
        assertThat(in.text()).isEqualTo("ü");
        assertThat(in.flag()).isTrue();
        assertThat(in.decimal()).isEqualTo(-0.0);
        assertThat(in.instant()).isEqualTo(Instant.MIN);
        assertThat(in.instant()).isEqualTo(Instant.MAX);
        assertThat(in.bytes()).isEmpty();
    }

    @Test
    void a_time_beyond_all_times_is_refused() {
        byte[] bytes =
                new Packer().number(Long.MAX_VALUE).number(Long.MAX_VALUE).packed();

        assertThatIllegalArgumentException().isThrownBy(() -> new Unpacker(bytes).instant());
    }

    static void assertSame(Tally one, Tally other, String name) {
        for (Count count : Count.values()) {
            assertThat(one.count(count)).as(name + " " + count.measure()).isEqualTo(other.count(count));
            assertThat(one.samples(count)).as(name + " " + count.measure()).isEqualTo(other.samples(count));
        }
        for (Peak peak : Peak.values()) {
            assertThat(one.peak(peak)).as(name + " " + peak.measure()).isEqualTo(other.peak(peak));
        }
        for (Distinct distinct : Distinct.values()) {
            assertThat(one.distinct(distinct))
                    .as(name + " " + distinct.measure())
                    .isEqualTo(other.distinct(distinct));
        }
        for (Lead lead : Lead.values()) {
            assertThat(one.leaders(lead).top(100))
                    .as(name + " " + lead)
                    .isEqualTo(other.leaders(lead).top(100));
            assertThat(one.leaders(lead).total())
                    .as(name)
                    .isEqualTo(other.leaders(lead).total());
        }
        assertThat(one.marks()).as(name).isEqualTo(other.marks());
        assertThat(one.names()).as(name).isEqualTo(other.names());
    }

    private static void readOrRefused(byte[] bytes, int run) {
        try {
            assertThat(TallyCodec.decode(bytes)).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).as("run %d", run).isNotNull();
        }
    }

    private static Set<Integer> ids(int... ids) {
        Set<Integer> set = new HashSet<>();
        for (int id : ids) {
            assertThat(id).isPositive();
            set.add(id);
        }
        return set;
    }
}
