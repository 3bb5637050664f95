package postwarden.producer.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
    private static final FileKey KEY = new FileKey(1, 10);

    @ParameterizedTest
    @CsvSource({
        "mail.log, mail.log",
        "mail.log.1, mail.log",
        "mail.log.2.gz, mail.log",
        "mail.log-20261121, mail.log",
        "mail.log-20261121.xz, mail.log",
        "mail.log.old, mail.log",
        "mainlog.01, mainlog",
        "mail-7, mail-7",
        "maillog, maillog",
        ".1, .1",
        "1, 1",
    })
    void rotation_does_not_change_a_files_family(String name, String family) {
        assertThat(Family.of(name)).isEqualTo(family);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 100, true,  true,  100, NONE",
        "10, 500, true,  true,  100, NONE",
        "10, 99,  true,  true,  100, REWRITTEN",
        "10, 500, true,  false, 100, REWRITTEN",
        "10, 500, false, true,  100, REWRITTEN",
        "11, 500, false, false, 100, REPLACED",
        "11, 500, true,  true,  100, REPLACED",
    })
    void two_looks_tell_what_happened(
            long inode, long size, boolean sameBeginning, boolean sameMark, long position, Change change) {
        // Given
        Look now = new Look(new FileKey(1, inode), size, sameBeginning, sameMark);

        // When
        Change decided = Change.between(KEY, position, Optional.of(now));

        // Then
        assertThat(decided).isEqualTo(change);
    }

    @Test
    void nothing_at_the_path_means_that_the_file_is_gone() {
        assertThat(Change.between(KEY, 5, Optional.empty())).isEqualTo(Change.GONE);
    }

    @Test
    void a_files_identity_depends_on_its_first_line_only_and_not_on_how_much_was_there() {
        // Given
        Print young = beginning("first line\n");
        Print grown = beginning("first line\nsecond line\nthird");

        // When
        String id = FileId.of("/var/log/mail.log", grown, 0);

        // Then
        assertThat(id).isEqualTo(FileId.of("/var/log/mail.log", young, 0)).hasSize(24);
        assertThat(id).isNotEqualTo(FileId.of("/var/log/mail.info", young, 0));
        assertThat(id).isNotEqualTo(FileId.of("/var/log/mail.log", young, 1));
    }

    @Test
    void a_beginning_is_known_with_the_first_line_or_1024_bytes() {
        assertThat(beginning("no line feed yet")).isEqualTo(Print.NOTHING);
        assertThat(beginning("x".repeat(1023))).isEqualTo(Print.NOTHING);
        assertThat(beginning("x".repeat(5000)).length()).isEqualTo(1024);
        assertThat(beginning("a\nb\n").length()).isEqualTo(2);
    }

    @Test
    void a_print_matches_only_the_same_bytes() {
        // Given
        byte[] bytes = "0123456789".getBytes(StandardCharsets.US_ASCII);
        Print print = Print.of(7, bytes, 2, 6);

        // When
        boolean same = print.matches("2345".getBytes(StandardCharsets.US_ASCII), 4);
        boolean other = print.matches("2346".getBytes(StandardCharsets.US_ASCII), 4);
        boolean shorter = print.matches("234".getBytes(StandardCharsets.US_ASCII), 3);

        // Then
        assertThat(same).isTrue();
        assertThat(other).isFalse();
        assertThat(shorter).isFalse();
    }

    private static Print beginning(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        return Print.ofBeginning(bytes, bytes.length);
    }
}
