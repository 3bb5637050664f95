package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.append;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/** Logs that were rotated and compressed before they were read to their end. */
class CompressionTest {
    @AutoClose
    private final WatchedLog mail;

    private final Harness agent;

    CompressionTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
        agent = mail.agent();
    }

    @Test
    void a_partly_read_log_is_read_on_inside_its_compressed_generation() throws IOException {
        // Given
        mail.write("one\ntwo\n");
        agent.settle();
        stop();
        mail.write("three\nfour\n");
        mail.rotate("mail.log.2");
        compress("mail.log.2");
        mail.write("new\n");

        // When
        agent.revive();
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrder("one", "two", "three", "four", "new");
        List<Outgoing> old = agent.of(Outgoing.Kind.LINE).stream()
                .filter(line -> !Harness.text(line).equals("new"))
                .toList();
        assertThat(old).extracting(Outgoing::fileId).containsOnly(old.get(0).fileId());
        assertThat(old).extracting(Outgoing::startOffset).containsExactly(0L, 4L, 8L, 14L);
    }

    @Test
    void generations_that_came_and_were_compressed_while_the_agent_was_down_are_read() throws IOException {
        // Given
        mail.write("a\n");
        agent.settle();
        stop();
        mail.write("a2\n");
        mail.rotate("mail.log.3");
        compress("mail.log.3");
        append(mail.beside("mail.log.2"), "b\nb2\n");
        compress("mail.log.2");
        append(mail.beside("mail.log.1"), "c\n");
        mail.write("d\n");

        // When
        agent.revive();
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrder("a", "a2", "b", "b2", "c", "d");
    }

    @Test
    void what_was_read_before_it_was_compressed_is_not_read_again() throws IOException {
        // Given
        mail.write("one\ntwo\n");
        agent.settle();
        mail.rotate("mail.log.1");
        mail.write("new\n");
        agent.settle();
        compress("mail.log.1");

        // When
        agent.settle();
        agent.restart();
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "two", "new");
    }

    @Test
    void a_short_copy_is_not_read_again_when_packing_gives_it_the_inode_that_the_log_had() throws IOException {
        // Given a copy that ends before what was read, of the same tick as a log that is read to its end and gone
        mail.write("one\ntwo\n");
        agent.settle();
        mail.copy("mail.log.1");
        mail.write("three\n");
        agent.settle();
        mail.rewrite("new\n");
        agent.settle();
        stop();
        FileTime tick = Files.getLastModifiedTime(mail.log());
        byte[] packed = packed(Files.readAllBytes(mail.beside("mail.log.1")));
        Files.delete(mail.beside("mail.log.1"));
        mail.rotate("mail.log.1.gz");
        Files.write(mail.beside("mail.log.1.gz"), packed);
        Files.setLastModifiedTime(mail.beside("mail.log.1.gz"), tick);

        // When
        agent.revive();
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "two", "three", "new");
    }

    @Test
    void a_log_that_begins_like_half_a_line_of_before_and_got_its_inode_is_a_content_of_its_own() throws IOException {
        // Given half a line that was rotated away and packed, and a new log in its inode
        mail.write("a[1]: 2");
        agent.settle();
        mail.rotate("mail.log.1");
        agent.settle();
        agent.checkpoint();
        agent.die();
        Path packed = mail.beside("mail.log.1.gz");
        Files.write(packed, packed("a[1]: 2".getBytes(StandardCharsets.US_ASCII)));
        Files.setLastModifiedTime(packed, Files.getLastModifiedTime(mail.beside("mail.log.1")));
        Files.move(mail.beside("mail.log.1"), mail.log());
        mail.rewrite("a[1]: 23\nnext\n");

        // When
        agent.revive();
        IntStream.range(0, 12).forEach(i -> agent.settle());

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrder("a[1]: 2", "a[1]: 23", "next");
        assertThat(agent.of(Outgoing.Kind.LINE))
                .extracting(line -> line.fileId() + '@' + line.startOffset())
                .doesNotHaveDuplicates();
    }

    @Test
    void a_file_of_several_members_is_one_log() throws IOException {
        // Given
        mail.write("one\n");
        agent.settle();
        stop();
        mail.rotate("mail.log.1");
        byte[] first = packed("one\ntwo\n".getBytes(StandardCharsets.US_ASCII));
        byte[] second = packed("three\n".getBytes(StandardCharsets.US_ASCII));
        replace("mail.log.1", first, second);

        // When
        agent.revive();
        agent.settle();
        agent.restart();
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "two", "three");
    }

    @Test
    void a_damaged_file_is_read_as_far_as_it_goes_and_what_is_missing_is_said_once() throws IOException {
        // Given
        String text =
                IntStream.range(0, 200_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        mail.write("line 0\n");
        agent.settle();
        stop();
        mail.rotate("mail.log.1");
        byte[] packed = packed(text.getBytes(StandardCharsets.US_ASCII));
        replace("mail.log.1", Arrays.copyOf(packed, packed.length / 2));

        // When
        agent.revive();
        agent.settle();
        agent.settle();

        // Then
        assertThat(agent.lines()).hasSizeBetween(50_000, 150_000).doesNotHaveDuplicates();
        assertThat(agent.of(Outgoing.Kind.LOSS))
                .singleElement()
                .satisfies(loss -> assertThat(loss.note()).contains("mail.log.1.gz cannot be unpacked behind byte"));
    }

    @Test
    void a_file_that_was_made_to_fill_the_topic_is_given_up() throws IOException {
        // Given
        mail.write("one\n");
        agent.settle();
        stop();
        mail.rotate("mail.log.1");
        byte[] bomb = new byte[20_000_000];
        System.arraycopy("one\n".getBytes(StandardCharsets.US_ASCII), 0, bomb, 0, 4);
        replace("mail.log.1", packed(bomb));

        // When
        agent.revive();
        agent.settle();

        // Then
        assertThat(agent.of(Outgoing.Kind.LOSS))
                .singleElement()
                .satisfies(loss -> assertThat(loss.note()).contains("unpacks to more than 500 times its size"));
        assertThat(agent.of(Outgoing.Kind.LINE).stream()
                        .mapToLong(line -> line.text().remaining())
                        .sum())
                .isLessThan(15_000_000);
    }

    @Test
    void a_long_line_of_which_fragments_were_sent_goes_on_where_it_stood() throws IOException {
        // Given a line of four fragments of which two are acknowledged
        String line = "x".repeat(100_000);
        mail.write("one\n" + line + "\n");
        agent.settle();
        agent.acknowledge(4);
        agent.checkpoint();
        agent.die();
        mail.rotate("mail.log.1");
        compress("mail.log.1");
        int before = agent.of(Outgoing.Kind.LINE).size();

        // When
        agent.revive();
        agent.settle();

        // Then
        List<Outgoing> rest = agent.of(Outgoing.Kind.LINE);
        rest = rest.subList(before, rest.size());
        assertThat(rest).isNotEmpty();
        assertThat(rest.get(0).startOffset()).isPositive();
        assertThat(rest.get(rest.size() - 1).endOffset()).isEqualTo(4 + line.length() + 1);
        long bytes = rest.stream()
                .mapToLong(each -> each.endOffset() - each.startOffset())
                .sum();
        assertThat(bytes).isEqualTo(4 + line.length() + 1 - rest.get(0).startOffset());
    }

    /** The agent is stopped in good order. */
    private void stop() {
        agent.acknowledgeAll();
        agent.checkpoint();
        agent.die();
    }

    /** As gzip does: the compressed file keeps the time of the one that it takes the place of. */
    private void compress(String name) throws IOException {
        replace(name, packed(Files.readAllBytes(mail.beside(name))));
    }

    private void replace(String name, byte[]... members) throws IOException {
        Path plain = mail.beside(name);
        FileTime time = Files.getLastModifiedTime(plain);
        Path packed = mail.beside(name + ".gz");
        for (byte[] member : members) {
            Files.write(packed, member, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        Files.setLastModifiedTime(packed, time);
        Files.delete(plain);
    }

    private static byte[] packed(byte[] text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text);
        }
        return packed.toByteArray();
    }
}
