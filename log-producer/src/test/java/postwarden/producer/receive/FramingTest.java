package postwarden.producer.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {
    private static final int LONGEST = 2_000;

    private final List<String> messages = new ArrayList<>();
    private final Framing framing = new Framing(
            LONGEST,
            (bytes, length, cut) ->
                    messages.add(new String(bytes, 0, length, StandardCharsets.ISO_8859_1) + (cut ? "~" : "")));

    @Test
    void counted_messages_and_lines_may_follow_each_other() throws Exception {
        // When
        feed("5 <22>a<22>line\n9 <22>1 - -\n\n7 <22>x\ny<22>last");
        boolean whole = framing.finish();

        // Then
        assertThat(messages).containsExactly("<22>a", "<22>line", "<22>1 - -", "<22>x\ny", "<22>last");
        assertThat(whole).isTrue();
    }

    @Test
    void a_line_may_begin_with_digits() throws Exception {
        // When
        feed("2026-11-21T08:00:00Z mx1 a: b\n12 monkeys\n123456789012 <22>x\n7\n8 \n");

        // Then
        assertThat(messages)
                .containsExactly("2026-11-21T08:00:00Z mx1 a: b", "12 monkeys", "123456789012 <22>x", "7", "8 ");
    }

    @Test
    void of_a_message_that_is_too_long_the_beginning_is_taken_and_the_next_one_is_whole() throws Exception {
        // When
        feed("3000 <" + "x".repeat(2_999) + "<" + "y".repeat(2_999) + "\n5 <22>a");

        // Then
        assertThat(messages).containsExactly("<" + "x".repeat(1_999) + "~", "<" + "y".repeat(1_999) + "~", "<22>a");
    }

    @Test
    void a_count_beyond_all_measure_is_refused() {
        assertThatThrownBy(() -> feed("999999999 <22>")).hasMessage("a message of 999999999 bytes is announced");
    }

    @Test
    void a_counted_message_that_is_not_whole_is_none() throws Exception {
        // When
        feed("100 <22>half");

        // Then
        assertThat(framing.finish()).isFalse();
        assertThat(messages).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void messages_do_not_depend_on_how_they_were_cut_into_reads(long seed) throws Exception {
        // Given
        Random random = new Random(seed);
        StringBuilder stream = new StringBuilder();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String message = "<22>" + "z".repeat(random.nextInt(1_500)) + i;
            sent.add(message);
            stream.append(random.nextBoolean() ? message.length() + " " + message : message + '\n');
        }

        // When
        byte[] bytes = stream.toString().getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(700));
            framing.feed(bytes, at, end);
            at = end;
        }

        // Then
        assertThat(messages).as("seed %d", seed).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void any_bytes_make_messages_or_one_error_and_never_more_than_the_longest(long seed) throws InterruptedException {
        // Given
        Random random = new Random(seed);
        byte[] garbage = new byte[200_000];
        random.nextBytes(garbage);

        // When
        try {
            framing.feed(garbage, 0, garbage.length);
        } catch (Framing.Broken e) {
            messages.add("broken");
        }

        // Then
        assertThat(messages).as("seed %d", seed).isNotEmpty().allMatch(message -> message.length() <= LONGEST + 1);
    }

    private void feed(String text) throws Framing.Broken, InterruptedException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        framing.feed(bytes, 0, bytes.length);
    }
}
