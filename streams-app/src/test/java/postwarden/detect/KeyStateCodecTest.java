package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import postwarden.tally.Baseline;
import postwarden.tally.Count;

/** What is stored of a key's state; seeds are fixed. */
class KeyStateCodecTest {
    /** What the stored file of version 1 holds: made once with this seed, never to be made again. */
    private static final long STORED_SEED = 7;

    @Test
    void a_key_state_is_the_same_after_being_bytes() {
        for (long seed = 0; seed < 300; seed++) {
            KeyState state = any(seed);
            assertSame(KeyStateCodec.decode(KeyStateCodec.encode(state)), state, seed);
        }
    }

    @Test
    void what_version_1_stored_can_still_be_read() throws IOException {
        try (InputStream in = KeyStateCodecTest.class.getResourceAsStream("/codec/v1/key-state.bin")) {
            byte[] stored = in == null ? new byte[0] : in.readAllBytes();
            assertSame(KeyStateCodec.decode(stored), any(STORED_SEED), STORED_SEED);
        }
    }

    @Test
    void whatever_bytes_come_they_are_read_or_refused() {
        Random random = new Random(1);
        for (int run = 0; run < 10_000; run++) {
            byte[] bytes = KeyStateCodec.encode(any(run % 20));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            readOrRefused(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        }
    }

    static KeyState any(long seed) {
        Random random = new Random(seed);
        KeyState state = new KeyState();
        for (int left = random.nextInt(4); left > 0; left--) {
            Track track = state.track(left == 1 ? "" : "mx" + left);
            track.learnedTo = random.nextBoolean() ? Long.MIN_VALUE : random.nextLong();
            for (int more = random.nextInt(20); more > 0; more--) {
                track.stored.put(random.nextLong(), random.nextBoolean() ? 1 : History.MINUTE);
                track.pending.add(random.nextLong());
            }
            track.baselines.put(
                    Count.values()[random.nextInt(Count.values().length)],
                    new Baseline(random.nextDouble(), random.nextDouble(), random.nextDouble()));
            state.open.put(
                    KeyState.openName("detector" + random.nextInt(3), "mx" + left),
                    new OpenFinding(
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextInt(30),
                            Severity.values()[random.nextInt(Severity.values().length)],
                            "CAUSE"));
        }
        return state;
    }

    private static void assertSame(KeyState read, KeyState written, long seed) {
        assertThat(read.open).as("seed %d", seed).isEqualTo(written.open);
        assertThat(read.tracks.keySet()).as("seed %d", seed).isEqualTo(written.tracks.keySet());
        read.tracks.forEach((host, track) -> {
            Track other = written.track(host);
            assertThat(track.stored).as("seed %d", seed).isEqualTo(other.stored);
            assertThat(track.pending).as("seed %d", seed).isEqualTo(other.pending);
            assertThat(track.baselines).as("seed %d", seed).isEqualTo(other.baselines);
            assertThat(track.learnedTo).as("seed %d", seed).isEqualTo(other.learnedTo);
        });
    }

    private static void readOrRefused(byte[] bytes) {
        try {
            assertThat(KeyStateCodec.decode(bytes)).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotNull();
        }
    }
}
