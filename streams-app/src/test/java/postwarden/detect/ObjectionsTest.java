package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import postwarden.detect.MailHost.Outcome;

/** What the other side says against an account's mail, and how often. */
class ObjectionsTest {
    private static final String ANNA = "anna@example.com";
    private static final String HOME = "192.0.2.10";
    private static final Duration LATER = Duration.ofHours(5);
    private static final int PEOPLE = 200;

    private final MailHost host = new MailHost("mx1").owner(ANNA, HOME);

    @Test
    void a_message_that_is_put_off_again_and_again_is_one_objection() {
        // Given four of two hundred at a site that puts off whatever comes from this address
        mailing(4);

        // When / Then
        assertThat(host.told()).doesNotContainKeys("recipient-fan-out", "sending-burst");
    }

    @Test
    void as_many_messages_that_are_put_off_are_as_many_objections() {
        // Given
        mailing(32);

        // When / Then
        assertThat(host.told()).containsEntry("recipient-fan-out", Severity.MEDIUM);
    }

    /** Of the owner, to people who are written to for the first time. */
    private void mailing(int putOff) {
        for (int i = 0; i < PEOPLE; i++) {
            Duration at = LATER.plusSeconds(15L * i);
            if (i % (PEOPLE / putOff) == 0) {
                host.submitsInVain(at, ANNA, HOME, 8, "reader" + i + "@far.example");
            } else {
                host.submits(at, ANNA, HOME, Outcome.SENT, "reader" + i + "@list" + i % 40 + ".example");
            }
        }
    }
}
