package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.detect.slothoarding.SlotHoardingDetector;
import postwarden.detect.slothoarding.SlotHoardingParams;
import postwarden.tally.Watch;

/** One client that holds sessions: who only holds them, and who is slow. */
class SlotHoardingTest {
    private static final String CLIENT = "203.0.113.9";

    private final SlotHoardingDetector detector = new SlotHoardingDetector(SlotHoardingParams.defaults());

    @ParameterizedTest
    @ValueSource(ints = {12, 45, 200})
    void sessions_that_are_held_for_minutes_and_do_nothing_are_hoarding(int sessions) {
        // Given
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < sessions; i++) {
            story.postfix(i * 0.2, 300, CLIENT, "ehlo=1 commands=1");
        }

        // When
        List<Finding> findings = assess(story);

        // Then
        assertThat(findings.get(0).cause()).isEqualTo("SLOT_HOARDING");
        assertThat(findings.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(findings.get(0).onset()).isEqualTo(Scenario.START);
        assertThat(findings.get(0).advice().get(0).steps()).anyMatch(step -> step.contains("smtpd_timeout"));
        assertThat(findings.get(0).evidence()).isNotEmpty();
    }

    @Test
    void exim_says_that_it_gave_up_and_not_how_long_it_waited() {
        // Given
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 25; i++) {
            story.say(
                    i * 0.2,
                    "exim[7]: SMTP connection from [" + CLIENT + "]:" + (4000 + i) + " (TCP/IP connection count = "
                            + (1 + i) + ")");
            story.say(
                    300 + i * 0.2,
                    "exim[7]: SMTP command timeout on connection from (x) [" + CLIENT + "]:" + (4000 + i));
        }

        // When / Then
        assertThat(assess(story).get(0).cause()).isEqualTo("SLOT_HOARDING");
    }

    @Test
    void once_the_server_has_no_slot_left_it_is_high() {
        // Given
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 40; i++) {
            story.postfix(i * 0.2, 300, CLIENT, "commands=0/0");
        }
        story.say(
                200,
                "postfix/postscreen[9]: NOQUEUE: reject: CONNECT from [" + CLIENT + "]:4000: all server ports busy");

        // When / Then
        assertThat(assess(story).get(0).severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void a_partner_who_brings_large_messages_slowly_is_none() {
        // Given
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 40; i++) {
            story.postfix(i, 280, CLIENT, "ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5");
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void a_relay_whose_connections_sometimes_hang_but_brings_mail_is_none() {
        // Given
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 15; i++) {
            story.postfix(i, 300, CLIENT, "ehlo=1 commands=1");
        }
        for (int i = 0; i < 60; i++) {
            story.message(i * 5, CLIENT);
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void a_few_sessions_that_hang_are_none() {
        // Given
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 6; i++) {
            story.postfix(i * 60, 300, CLIENT, "commands=0/0");
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    private List<Finding> assess(LogStory story) {
        return story.of(Watch.CLIENT, CLIENT).assess(detector);
    }
}
