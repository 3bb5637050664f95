package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.detect.pollingclient.PollingClientDetector;
import postwarden.detect.pollingclient.PollingClientParams;
import postwarden.tally.Watch;

/** Logins to a mailbox, one after the other: a timer that is set too short, and people. */
class PollingClientTest {
    private static final String CLIENT = "198.51.100.7";
    private static final int TWO_HOURS = 7200;

    private final PollingClientDetector detector = new PollingClientDetector(PollingClientParams.defaults());

    @ParameterizedTest
    @ValueSource(ints = {5, 30, 100})
    void a_program_that_asks_every_few_seconds_is_told_once_an_hour_has_shown_it(int gap) {
        // Given
        LogStory story = new LogStory("imap1");
        for (int at = 0; at < TWO_HOURS; at += gap) {
            login(story, at, "anna@example.com");
        }

        // When
        List<Finding> findings = assess(story);

        // Then
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).severity()).isEqualTo(Severity.INFO);
        assertThat(findings.get(0).cause()).isEqualTo("POLLING");
        assertThat(findings.get(0).subject().account()).isEqualTo("anna@example.com");
        assertThat(findings.get(0).measures().get("gapSeconds")).isBetween(gap * 0.9, gap * 1.2);
        assertThat(findings.get(0).evidence()).isNotEmpty();
    }

    @Test
    void a_telephone_that_asks_every_five_minutes_is_none() {
        // Given
        LogStory story = new LogStory("imap1");
        for (int at = 0; at < TWO_HOURS; at += 300) {
            login(story, at, "anna@example.com");
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void a_mornings_burst_of_logins_is_none() {
        // Given
        LogStory story = new LogStory("imap1");
        for (int at = 3600; at < 4200; at += 8) {
            login(story, at, "anna@example.com");
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void an_office_of_many_users_is_none() {
        // Given thirty users who look every five minutes
        LogStory story = new LogStory("imap1");
        for (int at = 0; at < TWO_HOURS; at += 10) {
            login(story, at, "user" + at / 10 % 30 + "@example.com");
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    private static void login(LogStory story, int at, String user) {
        story.say(
                at,
                "dovecot: imap-login: Login: user=<" + user + ">, method=PLAIN, rip=" + CLIENT
                        + ", lip=203.0.113.30, mpid=" + at + ", TLS, session=<s" + at + ">");
    }

    private List<Finding> assess(LogStory story) {
        return story.of(Watch.CLIENT, CLIENT).assess(detector);
    }
}
