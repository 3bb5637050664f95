package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/** Files that are not what their names say, or not any more. */
@Timeout(60)
class OddFilesTest {
    /** How often a file is made anew until the file system gives it the place of the one before. */
    private static final int ATTEMPTS = 200;

    @AutoClose
    private final WatchedLog mail;

    private final Harness agent;

    OddFilesTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
        agent = mail.agent();
    }

    @Test
    void a_deleted_file_is_read_to_its_end_and_let_go() throws IOException {
        // Given
        mail.write("one\n");
        agent.settle();
        mail.write("two\n");
        Files.delete(mail.log());

        // When
        agent.settle();
        agent.clock.pass(Duration.ofSeconds(10));
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "two");
        assertThat(openDeletedFiles()).isEmpty();
    }

    @Test
    void a_file_in_the_place_of_a_deleted_one_is_another_file() throws IOException {
        // Given
        mail.write("old one\nold two\n");
        agent.settle();
        agent.restart();
        Object place = Stat.of(mail.log(), false).key();
        Files.delete(mail.log());
        for (int i = 0; i < ATTEMPTS; i++) {
            mail.write("new one, longer than the old file was\nnew two\n");
            if (Stat.of(mail.log(), false).key().equals(place)) {
                break;
            }
            Files.delete(mail.log());
        }
        append(mail.log(), "");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines())
                .containsExactly("old one", "old two", "new one, longer than the old file was", "new two");
    }

    @Test
    void two_logs_that_begin_alike_are_both_read() throws IOException {
        // Given
        String begin = "2026-11-21T08:00:00Z mx1 systemd[1]: " + "the-same-thing".repeat(80) + "\n";
        append(mail.beside("mail.log"), begin + "one\n");
        append(mail.beside("mail.info"), begin + "two\n");
        Harness both = mail.agent(source(mail.beside("mail.*")));

        // When
        both.settle();

        // Then
        assertThat(both.lines()).containsExactlyInAnyOrder(begin.stripTrailing(), "one", begin.stripTrailing(), "two");
        assertThat(both.of(Outgoing.Kind.LINE).stream().map(Outgoing::fileId).distinct())
                .hasSize(2);
    }

    @Test
    void an_empty_file_is_waited_for_and_its_first_line_is_sent_at_once() throws IOException {
        // Given
        mail.write("");
        agent.settle();
        agent.clock.pass(Duration.ofHours(1));
        agent.settle();

        // When
        mail.write("a\n");
        agent.settle();
        mail.write("b\n");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("a", "b");
        assertThat(agent.of(Outgoing.Kind.LINE).stream().map(Outgoing::fileId).distinct())
                .hasSize(1);
    }

    @Test
    void pipes_sockets_devices_and_folders_are_never_opened() throws IOException, InterruptedException {
        // Given
        Path pipe = mail.beside("pipe.log");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.createDirectory(mail.beside("folder.log"));
        append(mail.beside("good.log"), "one\n");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(mail.beside("socket.log")));
            Harness all = mail.agent(source(mail.beside("*.log")), source(Path.of("/dev/zero")));

            // When
            all.settle();

            // Then
            assertThat(all.lines()).containsExactly("one");
            assertThat(all.metrics.unreadable().count()).isEqualTo(4);
        }
    }

    @Test
    void a_file_whose_permission_is_taken_and_given_back_is_read_on() throws IOException {
        // Given
        mail.write("one\n");
        agent.settle();
        agent.restart();
        Files.setPosixFilePermissions(mail.log(), PosixFilePermissions.fromString("---------"));
        agent.settle();

        // When
        Files.setPosixFilePermissions(mail.log(), PosixFilePermissions.fromString("rw-r--r--"));
        mail.write("two\n");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "two");
    }

    @Test
    void a_folder_that_goes_away_and_comes_back_is_read_on() throws IOException {
        // Given
        Path folder = Files.createDirectory(mail.beside("remote"));
        append(folder.resolve("mail.log"), "one\n");
        Harness remote = mail.agent(source(folder.resolve("*.log")));
        remote.settle();
        Files.move(folder, mail.beside("away"));
        remote.settle();

        // When
        Files.move(mail.beside("away"), folder);
        append(folder.resolve("mail.log"), "two\n");
        remote.settle();

        // Then
        assertThat(remote.lines()).containsExactly("one", "two");
    }

    @Test
    void a_file_that_is_cut_within_is_read_anew() throws IOException {
        // Given
        mail.write("one\ntwo\nthree\n");
        agent.settle();

        // When
        try (RandomAccessFile log = new RandomAccessFile(mail.log().toFile(), "rw")) {
            log.setLength("one\ntwo\n".length());
        }
        agent.settle();
        mail.write("four\n");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "two", "three", "one", "two", "four");
        assertThat(agent.of(Outgoing.Kind.LOSS)).hasSize(1);
    }

    @Test
    void a_file_whose_beginning_is_overwritten_is_read_anew_though_its_size_is_the_same() throws IOException {
        // Given
        mail.write("one\ntwo\n");
        agent.settle();

        // When
        mail.rewrite("uno\ntwo\n");
        mail.write("three\n");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "two", "uno", "two", "three");
    }

    /** A daemon that writes at its own place, not at the end, leaves a hole behind a truncation. */
    @Test
    void a_hole_is_sent_in_fragments_and_the_line_behind_it_is_whole() throws IOException {
        // Given
        int hole = 1 << 20;
        mail.write("one\n");
        agent.settle();

        // When
        try (RandomAccessFile log = new RandomAccessFile(mail.log().toFile(), "rw")) {
            log.setLength(0);
            log.seek(hole);
            log.write("\ntwo\n".getBytes(StandardCharsets.US_ASCII));
        }
        agent.settle();

        // Then
        List<String> lines = agent.lines();
        assertThat(lines.get(0)).isEqualTo("one");
        assertThat(String.join("", lines.subList(1, lines.size() - 1))).isEqualTo("\0".repeat(hole));
        assertThat(lines.get(lines.size() - 1)).isEqualTo("two");
        assertThat(agent.of(Outgoing.Kind.LOSS)).hasSize(1);
    }

    @Test
    void a_file_that_is_rewritten_within_a_tick_of_the_file_systems_clock_is_read_to_its_end_at_once()
            throws IOException {
        // Given
        mail.write("one\n");
        FileTime tick = Files.getLastModifiedTime(mail.log());
        agent.settle();

        // When
        Files.writeString(mail.log(), "the first line of many\n".repeat(3000));
        Files.setLastModifiedTime(mail.log(), tick);
        agent.settle();

        // Then
        assertThat(agent.lines()).hasSize(3001);
        assertThat(agent.of(Outgoing.Kind.LOSS)).hasSize(1);
    }

    @Test
    void a_file_that_was_replaced_since_it_was_looked_at_is_not_opened_for_it() throws IOException {
        // Given
        mail.write("one\n");
        Stat looked = Stat.of(mail.log(), false);
        mail.rotate("mail.log.1");
        mail.write("two\n");

        // When
        assertThatThrownBy(() -> Content.open(looked))
                // Then
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("replaced");
    }

    /** What this process holds open of what was deleted in the test's folder. */
    private List<String> openDeletedFiles() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(OddFilesTest::target)
                    .filter(target -> target.startsWith(mail.beside("").toString()) && target.endsWith("(deleted)"))
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
