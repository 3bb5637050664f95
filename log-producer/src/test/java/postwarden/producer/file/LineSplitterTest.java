package postwarden.producer.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private record Piece(String text, long start, long end, int fragment, boolean last) {}

    @Test
    void only_a_line_feed_ends_a_line() {
        // Given
        byte[] bytes = "a\rb\r\n\0\u0085\n\n\u00e2\u0080\u00a8\u00ff\n".getBytes(StandardCharsets.ISO_8859_1);

        // When
        List<Piece> pieces = split(bytes, bytes.length, false);

        // Then
        assertThat(pieces)
                .containsExactly(
                        new Piece("a\rb\r", 0, 5, 0, true),
                        new Piece("\0\u0085", 5, 8, 0, true),
                        new Piece("", 8, 9, 0, true),
                        new Piece("\u00e2\u0080\u00a8\u00ff", 9, 14, 0, true));
    }

    @Test
    void a_line_without_its_line_feed_waits_until_the_end_of_the_input() {
        // Given
        byte[] bytes = "one\ntwo".getBytes(StandardCharsets.US_ASCII);

        // When
        List<Piece> growing = split(bytes, 2, false);
        List<Piece> ended = split(bytes, 2, true);

        // Then
        assertThat(growing).containsExactly(new Piece("one", 0, 4, 0, true));
        assertThat(ended).containsExactly(new Piece("one", 0, 4, 0, true), new Piece("two", 4, 7, 0, true));
    }

    @Test
    void a_line_of_exactly_the_longest_length_is_one_piece_and_one_byte_more_makes_two() {
        // Given
        int longest = LineSplitter.LONGEST_PIECE;
        byte[] bytes = new byte[2 * longest + 3];
        Arrays.fill(bytes, (byte) 'x');
        bytes[longest] = '\n';
        bytes[bytes.length - 1] = '\n';

        // When
        List<Piece> pieces = split(bytes, 1000, false);

        // Then
        assertThat(pieces).extracting(Piece::start).containsExactly(0L, longest + 1L, 2L * longest + 1);
        assertThat(pieces).extracting(Piece::end).containsExactly(longest + 1L, 2L * longest + 1, 2L * longest + 3);
        assertThat(pieces).extracting(Piece::fragment).containsExactly(0, 0, 1);
        assertThat(pieces).extracting(Piece::last).containsExactly(true, false, true);
    }

    @Test
    void reading_goes_on_in_the_middle_of_a_long_line() {
        // Given
        List<Piece> pieces = new ArrayList<>();
        LineSplitter splitter = new LineSplitter(32_768, 1);

        // When
        splitter.feed("tail\n".getBytes(StandardCharsets.US_ASCII), 0, 5, into(pieces));

        // Then
        assertThat(pieces).containsExactly(new Piece("tail", 32_768, 32_773, 1, true));
    }

    @Property(tries = 300)
    void the_pieces_are_the_file_whatever_the_chunks(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(100_000)];
        int lineFeedEvery = 1 + random.nextInt(random.nextBoolean() ? 80 : 50_000);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(lineFeedEvery) == 0 ? (byte) '\n' : (byte) random.nextInt(256);
        }

        // When
        List<Piece> pieces = split(bytes, 1 + random.nextInt(70_000), true);

        // Then
        long at = 0;
        int fragment = 0;
        StringBuilder whole = new StringBuilder();
        for (Piece piece : pieces) {
            assertThat(piece.start()).isEqualTo(at);
            assertThat(piece.fragment()).isEqualTo(fragment);
            assertThat(piece.text().length()).isLessThanOrEqualTo(LineSplitter.LONGEST_PIECE);
            whole.append(piece.text()).append(piece.end() - at > piece.text().length() ? "\n" : "");
            at = piece.end();
            fragment = piece.last() ? 0 : fragment + 1;
        }
        assertThat(whole.toString()).isEqualTo(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Property(tries = 300)
    void what_is_not_taken_comes_again_and_the_pieces_are_the_same(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(100_000)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(40) == 0 ? (byte) '\n' : (byte) random.nextInt(256);
        }

        // When
        List<Piece> pieces = new ArrayList<>();
        LineSplitter splitter = new LineSplitter(0, 0);
        PieceSink reluctant = reluctant(pieces, random);
        int at = 0;
        while (at < bytes.length) {
            int to = Math.min(bytes.length, at + 1 + random.nextInt(5_000));
            at = splitter.feed(bytes, at, to, reluctant);
            assertThat(splitter.position()).isEqualTo(at);
        }
        splitter.finish(into(pieces));

        // Then
        assertThat(pieces).isEqualTo(split(bytes, bytes.length + 1, true));
    }

    private static PieceSink reluctant(List<Piece> pieces, Random random) {
        return new PieceSink() {
            @Override
            public boolean takesMore() {
                return random.nextInt(4) > 0;
            }

            @Override
            public void piece(byte[] bytes, int from, int to, long start, long end, int fragment, boolean last) {
                into(pieces).piece(bytes, from, to, start, end, fragment, last);
            }
        };
    }

    private static List<Piece> split(byte[] bytes, int chunk, boolean finish) {
        List<Piece> pieces = new ArrayList<>();
        LineSplitter splitter = new LineSplitter(0, 0);
        for (int at = 0; at < bytes.length; at += chunk) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk));
            splitter.feed(part, 0, part.length, into(pieces));
        }
        if (finish) {
            splitter.finish(into(pieces));
        }
        return pieces;
    }

    private static PieceSink into(List<Piece> pieces) {
        return (bytes, from, to, start, end, fragment, last) -> pieces.add(
                new Piece(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1), start, end, fragment, last));
    }
}
