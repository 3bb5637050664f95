package postwarden.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import postwarden.tally.AnyTally;
import postwarden.tally.Key;
import postwarden.tally.Packer;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.TallyCodec;
import postwarden.tally.Watch;
import postwarden.tally.Word;

/** What crosses the tallies topic; seeds are fixed. */
class TallyBatchTest {
    private static final int RUNS = 200;

    /** Everything that was read, as text: a tally has no equality of its own. */
    private static final class Told implements TallyBatch.Reader {
        private final List<String> told = new ArrayList<>();

        @Override
        public void counted(Key key, String host, long pane, Tally tally) {
            told.add(key + " " + host + " " + pane + " " + HexFormat.of().formatHex(TallyCodec.encode(tally)));
        }

        @Override
        public void passed(Progress progress) {
            told.add(progress.toString());
        }
    }

    @Test
    void what_is_read_is_what_was_put_in_and_in_its_order() {
        for (long seed = 0; seed < RUNS; seed++) {
            // Given
            Random random = new Random(seed);
            TallyBatch batch = new TallyBatch();
            Told expected = new Told();
            for (int left = random.nextInt(50); left > 0; left--) {
                Key key = new Key("tenant" + random.nextInt(2), Watch.CLIENT, "k\u00e9y" + random.nextInt());
                String host = "mx" + random.nextInt(5);
                long pane = random.nextLong();
                long tally = random.nextLong();
                batch.counted(key, host, pane, AnyTally.of(tally));
                expected.counted(key, host, pane, AnyTally.of(tally));
            }
            Word word = new Word("agent", random.nextLong(), random.nextBoolean());
            Progress progress = new Progress("default", "mx1", random.nextLong(), true, List.of("mx1", "mx2"), word);
            batch.passed(progress);
            expected.passed(progress);

            // When
            Told told = new Told();
            TallyBatch.read(batch.take(), told);

            // Then
            assertThat(told.told).as("seed %d", seed).isEqualTo(expected.told);
            assertThat(batch.isEmpty()).isTrue();
        }
    }

    @Test
    void whatever_bytes_come_they_are_read_or_refused() {
        Random random = new Random(1);
        for (int run = 0; run < 3000; run++) {
            byte[] bytes = new RandomState(run % 20).batch().take();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            try {
                TallyBatch.read(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)), new Told());
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).as("run %d", run).isNotNull();
            }
        }
    }

    @Test
    void a_batch_of_version_1_is_read_without_words() {
        // Given: as the release before wrote it, part by part
        byte[] batch = new Packer()
                .number(1)
                .number(2)
                .shared("default")
                .shared("mx1")
                .number(7)
                .flag(false)
                .number(1)
                .shared("mx1")
                .number(2)
                .shared("default")
                .shared("mx2")
                .number(8)
                .flag(true)
                .number(0)
                .packed();

        // When
        Told told = new Told();
        TallyBatch.read(batch, told);

        // Then
        assertThat(told.told)
                .containsExactly(
                        new Progress("default", "mx1", 7, false, List.of("mx1")).toString(),
                        new Progress("default", "mx2", 8, true, List.of()).toString());
    }

    @Test
    void a_newer_form_is_refused() {
        byte[] bytes = new RandomState(1).batch().take();
        bytes[0] = (byte) 0x4A;

        assertThatIllegalArgumentException().isThrownBy(() -> TallyBatch.read(bytes, new Told()));
    }
}
