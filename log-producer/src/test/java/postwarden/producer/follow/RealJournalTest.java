package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.journal.JournalParams;
import postwarden.producer.publish.Outgoing;

/**
 * The systemd journal through the real {@code journalctl}, over journal files that {@code systemd-journal-remote} 252 wrote: entries 0
 * to 9 of one boot and 10 to 19 of the next, of which in each boot number 3 is a login session's forgery, 4 an ordinary user's within
 * Postfix's own unit, 5 two lines, 6 not UTF-8, 7 five thousand bytes long and 8 another unit's.
 */
@Timeout(60)
@EnabledIf("hasJournalctl")
class RealJournalTest {
    private final Path folder;

    RealJournalTest(@TempDir Path folder) throws IOException {
        this.folder = Files.createDirectory(folder.resolve("journal"));
    }

    static boolean hasJournalctl() {
        return Files.isExecutable(Path.of("/usr/bin/journalctl"));
    }

    @Test
    void entries_of_the_unit_come_from_every_boot_and_forged_ones_do_not() throws IOException {
        // Given
        unpack("two-boots");
        try (Harness agent = agent()) {
            // When
            agent.await(() -> agent.lines().size() == 16);

            // Then
            List<String> lines = agent.lines();
            assertThat(lines.get(0))
                    .isEqualTo("2026-11-21T08:00:00.000000Z mx1 postfix/smtpd[100]: connect from unknown[192.0.2.0]");
            assertThat(lines.get(3)).isEqualTo("(logged by user 1001 as postfix/smtpd) forged from a .forward");
            assertThat(lines.get(4)).endsWith(": two#012lines");
            assertThat(lines.get(5)).endsWith(": latin \u00e9 and escape \u001b");
            assertThat(lines.get(6)).hasSize(5_052);
            assertThat(lines).noneMatch(line -> line.contains("session") || line.contains("another unit"));
            assertThat(agent.of(Outgoing.Kind.LINE).get(3).header().parsed()).isFalse();
            assertThat(agent.metrics.journal().unbelieved().count()).isEqualTo(2);
        }
    }

    @Test
    void an_agent_that_was_killed_before_a_reboot_misses_nothing_of_the_boot_before() throws IOException {
        // Given
        unpack("two-boots");
        try (Harness agent = agent()) {
            agent.await(() -> agent.lines().size() == 16);
            agent.acknowledgeLines(3);

            // When
            agent.crash();
            agent.sent.clear();
            agent.await(() -> agent.lines().size() == 13);

            // Then
            assertThat(agent.lines().get(0)).startsWith("(logged by user 1001");
            assertThat(agent.of(Outgoing.Kind.LOSS)).isEmpty();
        }
    }

    @Test
    void a_journal_that_was_begun_anew_is_a_loss_and_is_read_from_its_beginning() throws IOException {
        // Given
        unpack("two-boots");
        try (Harness agent = agent()) {
            agent.await(() -> agent.lines().size() == 16);
            agent.acknowledgeAll();
            agent.checkpoint();
            agent.die();
            Files.delete(folder.resolve("two-boots.journal"));
            unpack("begun-anew");

            // When
            agent.revive();
            agent.await(() -> agent.lines().size() == 19);

            // Then
            assertThat(agent.of(Outgoing.Kind.LOSS))
                    .extracting(Outgoing::note)
                    .singleElement()
                    .asString()
                    .contains("between 2026-11-21T08:00:19Z and 2026-11-21T08:00:40Z may be lost");
        }
    }

    @Test
    void a_journal_file_that_comes_later_is_followed() throws IOException {
        // Given
        unpack("two-boots");
        try (Harness agent = agent()) {
            agent.await(() -> agent.lines().size() == 16);

            // When
            unpack("begun-anew");

            // Then
            agent.await(() -> agent.lines().size() == 19);
            assertThat(agent.of(Outgoing.Kind.LOSS)).isEmpty();
        }
    }

    private Harness agent() {
        JournalParams params = new JournalParams(
                List.of("postfix@-.service"),
                List.of(),
                List.of(),
                folder.toString(),
                "/usr/bin/journalctl",
                1000,
                1 << 20,
                Duration.ofMillis(100));
        return new Harness(
                4096,
                new Source(
                        params.path(),
                        Source.Start.BEGINNING,
                        "default",
                        new HostRule.FromHeader(),
                        ZoneId.of("UTC"),
                        new Feed.Journal(params)));
    }

    private void unpack(String name) throws IOException {
        Path part = folder.resolveSibling(name);
        try (InputStream in = Objects.requireNonNull(
                        RealJournalTest.class.getResourceAsStream("/journal/" + name + ".journal.gz"));
                GZIPInputStream unpacked = new GZIPInputStream(in)) {
            Files.copy(unpacked, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, folder.resolve(name + ".journal"));
    }
}
