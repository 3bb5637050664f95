package postwarden.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final LogRecord.Line LINE = new LogRecord.Line(
            "default",
            "mx1",
            "postfix/smtpd",
            1,
            Instant.parse("2026-11-21T08:00:00Z"),
            "",
            "connect",
            new Source("-", "-", 0, 8, -1, -1));

    @Test
    void an_event_stays_as_it_is_when_its_builder_goes_on() {
        // Given
        Event.Builder builder = new Event.Builder(LINE, Daemon.POSTFIX).put(Field.ACCOUNT, "one");
        Event first = builder.build();

        // When
        Event second = builder.put(Field.ACCOUNT, "two").build();
        builder.clear();

        // Then
        assertThat(first.text(Field.ACCOUNT)).contains("one");
        assertThat(second.text(Field.ACCOUNT)).contains("two");
        assertThat(builder.build().has(Field.ACCOUNT)).isFalse();
    }

    @Test
    void a_changed_copy_leaves_the_event_as_it_is() {
        // Given
        Event event = new Event.Builder(LINE, Daemon.POSTFIX)
                .kind(Kind.CONNECT)
                .rule("smtpd/connect")
                .put(Field.CLIENT_PORT, 25)
                .build();

        // When
        Event copy =
                event.toBuilder().put(Field.CLIENT_PORT, 26).put(Field.SIZE, 1).build();

        // Then
        assertThat(event.number(Field.CLIENT_PORT, 0)).isEqualTo(25);
        assertThat(event.has(Field.SIZE)).isFalse();
        assertThat(copy.number(Field.CLIENT_PORT, 0)).isEqualTo(26);
        assertThat(copy.is(Kind.CONNECT)).isTrue();
        assertThat(copy.rule()).isEqualTo("smtpd/connect");
        assertThat(copy.line()).isEqualTo(LINE);
    }
}
