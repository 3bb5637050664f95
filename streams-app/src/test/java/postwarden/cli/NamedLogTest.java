package postwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedLogTest {
    private static final String EXIM = "2026-11-21 08:24:44 cwd=/ 3 args: exim4 -bd -q60s\n";
    private static final String SYSLOG = "Nov 21 08:18:37 mail1 dovecot: master: Dovecot v2.3.19.1 starting up\n";

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void a_name_in_front_of_the_file_is_its_host() {
        assertThat(of("mx1=/var/log/mail.log")).containsExactly(new NamedLog("mx1", "/var/log/mail.log"));
    }

    @Test
    void an_equals_sign_within_a_path_names_nobody() {
        assertThat(of("/logs/a=b/mail.log")).containsExactly(new NamedLog("", "/logs/a=b/mail.log"));
        assertThat(of("=mail.log")).containsExactly(new NamedLog("", "=mail.log"));
    }

    @Test
    void a_file_of_that_very_name_is_itself() throws IOException {
        Path odd = Files.writeString(folder.resolve("mx1=mail.log"), SYSLOG);

        assertThat(of(odd.toString())).containsExactly(new NamedLog("", odd.toString()));
    }

    @Test
    void lines_that_name_their_host_need_no_name() throws IOException {
        Path log = Files.writeString(folder.resolve("mail.log"), "not a header\n" + SYSLOG);

        assertThat(of(log.toString())).containsExactly(new NamedLog("", log.toString()));
    }

    @Test
    void a_log_without_hosts_is_this_machines() throws IOException {
        Path log = Files.writeString(folder.resolve("mainlog"), EXIM);

        assertThat(of(log.toString())).containsExactly(new NamedLog("here", log.toString()));
    }

    @Test
    void two_logs_of_one_name_without_hosts_are_told_apart_by_their_folders() throws IOException {
        Path one =
                Files.writeString(Files.createDirectory(folder.resolve("cp1")).resolve("mainlog"), EXIM);
        Path two =
                Files.writeString(Files.createDirectory(folder.resolve("cp2")).resolve("mainlog"), EXIM);

        assertThat(of(one.toString(), two.toString()))
                .containsExactly(new NamedLog("cp1", one.toString()), new NamedLog("cp2", two.toString()));
    }

    @Test
    void the_same_log_twice_is_one_machines() throws IOException {
        Path log = Files.writeString(folder.resolve("mainlog"), EXIM);

        assertThat(of(log.toString(), log.toString()))
                .extracting(NamedLog::host)
                .containsExactly("here", "here");
    }

    @Test
    void what_cannot_be_read_is_left_to_whoever_reads_it() {
        assertThat(of("/no/such/mail.log", "-"))
                .containsExactly(new NamedLog("", "/no/such/mail.log"), new NamedLog("", "-"));
    }

    private static List<NamedLog> of(String... arguments) {
        return NamedLog.of(List.of(arguments), "here");
    }
}
