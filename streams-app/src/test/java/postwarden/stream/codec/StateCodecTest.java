package postwarden.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.correlate.Trace;
import postwarden.correlate.TriedLogin;
import postwarden.tally.Packer;

/** What the intake and the watches remember and say survives being bytes; seeds are fixed. */
class StateCodecTest {
    private static final int RUNS = 300;
    /** What the stored files of version 1 hold: made once with this seed, never to be made again. */
    private static final long STORED_SEED = 7;

    /**
     * One stored form.
     *
     * @param name of the file that version 1 stored
     */
    private record Form<T>(String name, Codec<T> codec, Function<RandomState, T> any) {
        byte[] bytes(long seed) {
            return codec.encode(any.apply(new RandomState(seed)));
        }

        void assertSame(byte[] bytes, long seed) {
            T expected = any.apply(new RandomState(seed));
            T read = codec.decode().apply(bytes);
            assertThat(read).as("%s, seed %d", name, seed).isEqualTo(expected);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Form<?>> forms() {
        Map<String, Form<?>> forms = new LinkedHashMap<>();
        Codec<DeskRecord> desk = Codec.ofBytes(DeskRecord::encode, DeskRecord::decode);
        List<Form<?>> all = List.of(
                new Form<>("queue-entry", CorrelateCodecs.QUEUE_ENTRY, RandomState::queueEntry),
                new Form<>("key", StateCodecs.KEY, RandomState::key),
                new Form<>("pane-key", StateCodecs.PANE_KEY, RandomState::paneKey),
                new Form<>("intervals", StateCodecs.INTERVALS, RandomState::intervals),
                new Form<>("intervals-day", StateCodecs.INTERVALS, RandomState::intervalsOfADay),
                new Form<>("host-clock", StateCodecs.HOST_CLOCK, RandomState::hostClock),
                new Form<>("host-clock-words", StateCodecs.HOST_CLOCK, RandomState::hostClockWithWords),
                new Form<>("host-clock-age", StateCodecs.HOST_CLOCK, RandomState::hostClockWithAge),
                new Form<>("template-count", StateCodecs.TEMPLATE_COUNT, RandomState::templateCount),
                new Form<>("host-progress", StateCodecs.HOST_PROGRESS, RandomState::hostProgress),
                new Form<>("host-progress-words", StateCodecs.HOST_PROGRESS, RandomState::hostProgressWithWords),
                new Form<>("settled", StateCodecs.SETTLED, RandomState::settled),
                new Form<DeskRecord>("desk-passed", desk, state -> new DeskRecord.Passed(state.settled())));
        all.forEach(form -> forms.put(form.name(), form));
        forms.put("tried-by-many", new Form<>("trace-tried-by-many", CorrelateCodecs.TRACE, RandomState::tried));
        for (int kind = 0; kind < new RandomState(0).traces().size(); kind++) {
            int which = kind;
            String simple = new RandomState(0).traces().get(kind).getClass().getSimpleName();
            // Version 1 called it so, in a form of its own.
            String name = simple.equals("Tried") ? "Attempts" : simple;
            forms.put(
                    name,
                    new Form<Trace>(
                            "trace-" + name,
                            CorrelateCodecs.TRACE,
                            state -> state.traces().get(which)));
        }
        return forms.values().stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void it_is_the_same_after_being_bytes(Form<?> form) {
        for (long seed = 0; seed < RUNS; seed++) {
            form.assertSame(form.bytes(seed), seed);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void what_version_1_stored_can_still_be_read(Form<?> form) throws IOException {
        form.assertSame(resource("/codec/v1/" + form.name() + ".bin"), STORED_SEED);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatever_bytes_come_they_are_read_or_refused(Form<?> form) {
        Random random = new Random(1);
        for (int run = 0; run < 3000; run++) {
            byte[] bytes = form.bytes(run % 20);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            readOrRefused(form, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_newer_form_is_refused(Form<?> form) {
        byte[] bytes = form.bytes(1);
        // The first number of each form is its version or, in a topic, its kind: 101 is far ahead of both.
        bytes[0] = (byte) 0x4A;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> form.codec().decode().apply(bytes));
    }

    @Test
    void an_attempt_of_version_1_keeps_the_side_that_told_of_it() {
        // Given: number 3, of which none is written any more
        byte[] bytes = new Packer()
                .number(1)
                .number(3)
                .number(50)
                .number(2)
                .number(40)
                .flag(true)
                .text("bob")
                .number(50)
                .flag(false)
                .text("")
                .packed();

        // When, Then
        assertThat(CorrelateCodecs.TRACE.decode().apply(bytes))
                .isEqualTo(new Trace.Tried(
                        50, List.of(new TriedLogin(40, 2, "bob", 0, true), new TriedLogin(50, 1, "", 0, true))));
    }

    @Test
    void every_kind_of_trace_is_tried() {
        assertThat(new RandomState(0).traces().stream().map(Object::getClass))
                .containsExactlyInAnyOrder(Trace.class.getPermittedSubclasses());
    }

    private static void readOrRefused(Form<?> form, byte[] bytes) {
        try {
            assertThat(form.codec().decode().apply(bytes)).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotNull();
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = StateCodecTest.class.getResourceAsStream(name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }
}
