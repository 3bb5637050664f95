package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.incident.Alert;

/** Each recording alone, through {@code scan}. */
@Timeout(120)
class CaptureScanTest {
    @TempDir
    private static Path folder = Path.of("");

    private static SortedMap<String, Path> logs = new TreeMap<>();

    @BeforeAll
    static void unpack() throws IOException {
        logs = Recordings.unpack(folder);
    }

    @Test
    void the_flooder_is_named_and_no_other_client() throws IOException {
        List<Alert> alerts = scan("mx1");
        Truths.the_flooder_is_named_and_no_other_client(alerts);
        Truths.nobody_else_is_blamed(alerts);
    }

    @Test
    void an_account_stolen_on_postfix_is_found_within_a_minute() throws IOException {
        List<Alert> alerts = scan("mail1");
        Truths.the_stolen_account_is_found_within_a_minute(alerts, Truths.POSTFIX_BURST);
        Truths.the_guessing_before_is_its_child(alerts);
        Truths.nobody_else_is_blamed(alerts);
    }

    @Test
    void an_account_stolen_on_exim_is_found_within_a_minute() throws IOException {
        List<Alert> alerts = scan("cp3");
        Truths.the_stolen_account_is_found_within_a_minute(alerts, Truths.EXIM_BURST);
        Truths.the_guessing_before_is_its_child(alerts);
        Truths.nobody_else_is_blamed(alerts);
    }

    @Test
    void a_provider_has_a_limit_by_policy() throws IOException {
        List<Alert> alerts = scan("out1");
        Truths.the_provider_has_a_limit_by_policy(alerts);
        Truths.nobody_else_is_blamed(alerts);
    }

    @Test
    void a_slow_destination_is_overloaded() throws IOException {
        List<Alert> alerts = scan("out3");
        Truths.the_slow_destination_is_overloaded(alerts);
        Truths.nobody_else_is_blamed(alerts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mx2", "out2", "cp6", "mx4"})
    void a_quiet_host_gives_nothing_to_look_at(String host) throws IOException {
        assertThat(Truths.grave(scan(host))).extracting(Alert::title).isEmpty();
    }

    private static List<Alert> scan(String host) throws IOException {
        return Scanning.scan(new TreeMap<>(logs.subMap(host, host + "\0")));
    }
}
