package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import postwarden.tally.AnyTally;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Hours;
import postwarden.tally.Packer;
import postwarden.tally.Tally;
import postwarden.tally.TallyCodec;
import postwarden.tally.Watch;
import postwarden.tally.Week;

/** What is stored of a key's state; seeds are fixed. */
class KeyStateCodecTest {
    /** Counts that there were when the stored examples were drawn by their seeds. */
    private static final int FIRST_COUNTS = 63;

    /** What the stored file of version 1 holds: made once with this seed, never to be made again. */
    private static final long STORED_SEED = 7;

    @Test
    void a_key_state_is_the_same_after_being_bytes() {
        for (long seed = 0; seed < 300; seed++) {
            KeyState state = withHours(withDoubted(withWeeks(any(seed), seed)));
            KeyState read = KeyStateCodec.decode(KeyStateCodec.encode(state));
            assertSame(read, state, seed);
            assertThat(read.elsewhere).as("seed %d", seed).isEqualTo(state.elsewhere);
            assertThat(read.doubts).as("seed %d", seed).isEqualTo(state.doubts).isNotEmpty();
            read.tracks.forEach((host, track) ->
                    assertThat(sums(track)).isEqualTo(sums(state.tracks.getOrDefault(host, new Track()))));
            assertThat(KeyStateCodec.encode(read)).as("seed %d", seed).isEqualTo(KeyStateCodec.encode(state));
            read.tracks.forEach((host, track) -> {
                assertThat(track.weeks).hasSize(1);
                assertThat(hours(track)).isEqualTo(hours(state.tracks.getOrDefault(host, new Track())));
            });
        }
    }

    @Test
    void whom_an_open_finding_is_about_is_stored() throws IOException {
        KeyState expected = withHours(withDoubted(withWeeks(any(STORED_SEED), STORED_SEED)));
        expected.open.put(
                new OpenName("email-bombing", "mx@1", "a@example.com"),
                new OpenFinding(1, 2, 3, 4, Severity.MEDIUM, "SUBSCRIPTION_BOMB"));
        expected.open.put(
                new OpenName("email-bombing", "mx@1", "b\n@example.com"),
                new OpenFinding(2, 3, 4, 5, Severity.MEDIUM, "SUBSCRIPTION_BOMB"));
        assertStored("key-state-6", expected);
    }

    @Test
    void what_version_5_stored_can_still_be_read() throws IOException {
        KeyState expected = withHours(withDoubted(withWeeks(any(STORED_SEED), STORED_SEED)));
        assertStored("key-state-5", expected);
        try (InputStream in = KeyStateCodecTest.class.getResourceAsStream("/codec/v1/key-state-5.bin")) {
            KeyState read = KeyStateCodec.decode(in == null ? new byte[0] : in.readAllBytes());
            read.tracks.forEach((host, track) -> assertThat(hours(track))
                    .isEqualTo(hours(expected.tracks.getOrDefault(host, new Track())))
                    .isNotEmpty());
        }
    }

    @Test
    void what_version_4_stored_can_still_be_read() throws IOException {
        assertStored("key-state-4", withDoubted(withWeeks(any(STORED_SEED), STORED_SEED)));
    }

    @Test
    void what_version_3_stored_can_still_be_read() throws IOException {
        assertStored("key-state-3", withWeeks(any(STORED_SEED), STORED_SEED));
    }

    private static void assertStored(String name, KeyState expected) throws IOException {
        try (InputStream in = KeyStateCodecTest.class.getResourceAsStream("/codec/v1/" + name + ".bin")) {
            KeyState read = KeyStateCodec.decode(in == null ? new byte[0] : in.readAllBytes());
            assertSame(read, expected, STORED_SEED);
            assertThat(read.doubts).isEqualTo(expected.doubts);
            read.tracks.forEach((host, track) -> {
                Track other = expected.tracks.getOrDefault(host, new Track());
                assertThat(sums(track)).isEqualTo(sums(other));
                assertThat(weeks(track)).isEqualTo(weeks(other)).isNotEmpty();
            });
        }
    }

    @Test
    void what_version_2_stored_can_still_be_read() throws IOException {
        try (InputStream in = KeyStateCodecTest.class.getResourceAsStream("/codec/v1/key-state-2.bin")) {
            byte[] stored = in == null ? new byte[0] : in.readAllBytes();
            KeyState read = KeyStateCodec.decode(stored);
            assertSame(read, any(STORED_SEED), STORED_SEED);
            read.tracks.forEach((host, track) -> assertThat(sums(track))
                    .isEqualTo(sums(any(STORED_SEED).tracks.getOrDefault(host, new Track()))));
        }
    }

    @Test
    void what_version_1_stored_can_still_be_read() throws IOException {
        try (InputStream in = KeyStateCodecTest.class.getResourceAsStream("/codec/v1/key-state.bin")) {
            byte[] stored = in == null ? new byte[0] : in.readAllBytes();
            assertSame(KeyStateCodec.decode(stored), any(STORED_SEED), STORED_SEED);
            assertThat(KeyStateCodec.decode(stored).tracks.values())
                    .flatExtracting(KeyStateCodecTest::sums)
                    .isEmpty();
        }
    }

    @Test
    void whatever_bytes_come_they_are_read_or_refused() {
        Random random = new Random(1);
        for (int run = 0; run < 10_000; run++) {
            byte[] bytes = KeyStateCodec.encode(withHours(withDoubted(withWeeks(any(run % 20), run % 20))));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            readOrRefused(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        }
    }

    static KeyState any(long seed) {
        Random random = new Random(seed);
        KeyState state = new KeyState();
        for (int left = random.nextInt(4); left > 0; left--) {
            Track track = new Track();
            state.tracks.put(left == 1 ? "" : "mx" + left, track);
            track.learnedTo = random.nextBoolean() ? Long.MIN_VALUE : random.nextLong();
            for (int more = random.nextInt(20); more > 0; more--) {
                long start = random.nextLong();
                int panes = random.nextBoolean() ? 1 : History.MINUTE;
                track.kept.put(start, start % 2 == 0 ? Kept.elsewhere(panes) : Kept.here(panes, AnyTally.of(start)));
                track.pending.add(random.nextLong());
            }
            track.baselines.put(
                    Count.values()[random.nextInt(FIRST_COUNTS)],
                    new Baseline(random.nextDouble(), random.nextDouble(), random.nextDouble()));
            state.open.put(
                    new OpenName("detector" + random.nextInt(3), "mx" + left, ""),
                    new OpenFinding(
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextInt(30),
                            Severity.values()[random.nextInt(Severity.values().length)],
                            "CAUSE"));
        }
        state.elsewhere.add("mx" + seed);
        return state;
    }

    private static KeyState withWeeks(KeyState state, long seed) {
        Random random = new Random(seed);
        state.tracks.values().forEach(track -> {
            Week week = new Week(random.nextInt(1000));
            for (long pane = 0; pane < 500_000; pane += random.nextInt(20_000)) {
                week.add(pane, random.nextInt(50));
            }
            track.weeks.put(Count.CONNECTS, week);
        });
        for (long from = 0; from < 20_000; from += 1 + random.nextInt(9000)) {
            state.doubt(from, from + random.nextInt(2000));
        }
        return state;
    }

    private static KeyState withDoubted(KeyState state) {
        state.tracks.forEach((host, track) -> {
            track.doubted = host.isEmpty() ? Optional.empty() : Optional.of(Kept.here(1, AnyTally.of(host.length())));
            track.doubtedFrom = host.isEmpty() ? Long.MIN_VALUE : 123_456;
        });
        return state;
    }

    private static KeyState withHours(KeyState state) {
        state.tracks.forEach((host, track) -> {
            Hours hours = new Hours();
            for (int hour = 0; hour < 1 + host.length(); hour++) {
                hours.add(
                        Watch.CLIENT,
                        1_000_000 + 720L * hour,
                        new Tally().add(Count.CONNECTS, 1 + hour).add(Count.REJECTS, hour));
            }
            track.hours = Optional.of(hours);
            track.hasMoreHours = host.length() % 2 == 0;
        });
        return state;
    }

    private static String hours(Track track) {
        StringBuilder told = new StringBuilder(track.hasMoreHours ? "more " : "");
        track.hours.ifPresent(hours -> hours.sums()
                .forEach((start, tally) ->
                        told.append(start).append(HexFormat.of().formatHex(TallyCodec.encode(tally)))));
        return told.toString();
    }

    private static void assertSame(KeyState read, KeyState written, long seed) {
        assertThat(read.open).as("seed %d", seed).isEqualTo(written.open);
        assertThat(read.tracks.keySet()).as("seed %d", seed).isEqualTo(written.tracks.keySet());
        read.tracks.forEach((host, track) -> {
            Track other = written.tracks.getOrDefault(host, new Track());
            assertThat(spans(track)).as("seed %d", seed).isEqualTo(spans(other));
            assertThat(track.pending).as("seed %d", seed).isEqualTo(other.pending);
            assertThat(track.baselines).as("seed %d", seed).isEqualTo(other.baselines);
            assertThat(track.learnedTo).as("seed %d", seed).isEqualTo(other.learnedTo);
            assertThat(track.doubtedFrom).as("seed %d", seed).isEqualTo(other.doubtedFrom);
        });
    }

    private static Map<Long, Integer> spans(Track track) {
        Map<Long, Integer> spans = new TreeMap<>();
        track.kept.forEach((start, kept) -> spans.put(start, kept.panes()));
        return spans;
    }

    /** A tally has no equality of its own. */
    private static List<String> sums(Track track) {
        return Stream.of(track.kept.values().stream(), track.older.stream(), track.doubted.stream())
                .flatMap(each -> each)
                .filter(Kept::isHere)
                .map(kept -> HexFormat.of().formatHex(TallyCodec.encode(kept.look())))
                .toList();
    }

    private static List<String> weeks(Track track) {
        return track.weeks.values().stream()
                .map(week -> {
                    Packer out = new Packer();
                    week.write(out);
                    return HexFormat.of().formatHex(out.packed());
                })
                .toList();
    }

    private static void readOrRefused(byte[] bytes) {
        try {
            assertThat(KeyStateCodec.decode(bytes)).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotNull();
        }
    }
}
