package postwarden.parse.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LogRecord;
import postwarden.event.Reason;
import postwarden.event.Source;

class RepliesTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/corpus/replies.txt", delimiterString = " <- ", quoteCharacter = '\0')
    void a_reply_gives_its_reason(Reason reason, String reply) {
        // Given
        Event.Builder event = event();

        // When
        Replies.STANDARD.describe(event, reply);

        // Then
        assertThat(event.build().reason()).isEqualTo(reason);
    }

    @Test
    void codes_are_read_only_from_the_beginning() {
        // Given
        Event.Builder event = event();

        // When
        Replies.STANDARD.describe(event, "421 4.7.28 Our system said 550 5.1.1");

        // Then
        assertThat(event.build().number(Field.REPLY_CODE, -1)).isEqualTo(421);
        assertThat(event.build().text(Field.DSN, "")).isEqualTo("4.7.28");
    }

    @Test
    void a_status_that_the_daemon_stated_itself_is_kept() {
        // Given
        Event.Builder event = event().put(Field.DSN, "5.0.0");

        // When
        Replies.STANDARD.describe(event, "554 5.7.1 no");

        // Then
        assertThat(event.build().text(Field.DSN, "")).isEqualTo("5.0.0");
    }

    @Test
    void a_success_has_no_reason() {
        // Given
        Event.Builder event = event();

        // When
        Reason reason = Replies.STANDARD.describe(event, "250 2.0.0 Ok: queued as too many connections");

        // Then
        assertThat(reason).isEqualTo(Reason.UNKNOWN);
        assertThat(event.has(Field.REASON)).isFalse();
    }

    private static Event.Builder event() {
        return new Event.Builder(
                new LogRecord.Line("default", "mx1", "", 1, Instant.EPOCH, "", "", new Source("-", "-", 0, 0, -1, -1)),
                Daemon.POSTFIX);
    }
}
