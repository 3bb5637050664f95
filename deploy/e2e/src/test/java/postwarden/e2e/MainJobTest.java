package postwarden.e2e;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import postwarden.incident.Alert;

/** All recorded hosts at once, through producer, broker and service: who is blamed, for what, and who is not. */
@Timeout(300)
class MainJobTest {
    private static List<Alert> alerts = List.of();

    @BeforeAll
    static void replay() throws IOException, ExecutionException, InterruptedException {
        alerts = Replay.alerts();
    }

    @Test
    void the_flooder_is_named_and_no_other_client() {
        Truths.the_flooder_is_named_and_no_other_client(alerts);
    }

    @Test
    void the_stolen_account_is_found_within_a_minute() {
        Truths.the_stolen_account_is_found_within_a_minute(alerts, Truths.POSTFIX_BURST);
    }

    @Test
    void the_guessing_before_is_its_child() {
        Truths.the_guessing_before_is_its_child(alerts);
    }

    @Test
    void the_provider_has_a_limit_by_policy() {
        Truths.the_provider_has_a_limit_by_policy(alerts);
    }

    @Test
    void the_slow_destination_is_overloaded() {
        Truths.the_slow_destination_is_overloaded(alerts);
    }

    @Test
    void nobody_else_is_blamed() {
        Truths.nobody_else_is_blamed(alerts);
    }

    @Test
    void quiet_hosts_blame_nobody() {
        Truths.quiet_hosts_blame_nobody(alerts);
    }
}
