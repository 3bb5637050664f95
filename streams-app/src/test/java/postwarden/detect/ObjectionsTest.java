package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void a_shop_that_always_writes_to_new_customers_is_not_an_infected_computer() {
        // Given a shop's confirmations, one in twenty to an address that does not exist, and an hour with three times
        // as many
        for (int i = 0; i < 500; i++) {
            orders(Duration.ofSeconds(36L * i), i, i % 20 == 0);
        }
        for (int i = 500; i < 700; i++) {
            orders(LATER.plusSeconds(18L * (i - 500)), i, i % 16 == 0);
        }

        // When / Then
        assertThat(host.told()).doesNotContainKeys("recipient-fan-out", "sending-burst");
    }

    @ParameterizedTest
    @CsvSource({"1, 80", "3, 30"})
    void a_circular_to_people_some_of_whom_are_gone_is_a_persons_and_no_programs(int messages, int people) {
        // Given
        for (int i = 0; i < messages; i++) {
            host.circular(LATER.plusMinutes(i), ANNA, HOME, people, 16);
        }
        host.submits(LATER.plusMinutes(messages + 1), ANNA, HOME, Outcome.SENT, "friend1@example.org");

        // When / Then
        assertThat(host.told()).isEmpty();
    }

    @Test
    void as_many_messages_to_as_many_are_a_programs() {
        for (int i = 0; i < 80; i++) {
            Outcome outcome = i % 14 == 0 ? Outcome.UNKNOWN : Outcome.SENT;
            host.submits(LATER.plusSeconds(5L * i), ANNA, HOME, outcome, "reader" + i + "@list" + i % 40 + ".example");
        }
        assertThat(host.told()).containsOnlyKeys("sending-burst").containsValue(Severity.MEDIUM);
    }

    private void orders(Duration at, int customer, boolean gone) {
        host.submits(
                at,
                ANNA,
                HOME,
                gone ? Outcome.UNKNOWN : Outcome.SENT,
                "customer" + customer + "@list" + customer % 40 + ".example");
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
