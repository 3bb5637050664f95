package postwarden.parse.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LogRecord;
import postwarden.event.Reason;
import postwarden.event.Source;

class RepliesTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/corpus/replies.txt", delimiterString = " <- ", quoteCharacter = '\0')
    void a_reply_gives_its_reason(Reason reason, String provider, String reply) {
        // Given
        Event.Builder event = event();

        // When
        Replies.STANDARD.describe(event, reply);

        // Then
        assertThat(event.build().reason()).isEqualTo(reason);
    }

    @Test
    void every_provider_of_the_file_is_met_by_a_reply() {
        // Given
        Set<String> providers = ReplyFile.read(StandardText.read()).rules().stream()
                .filter(rule -> !rule.phrase().isEmpty())
                .map(ReplyRule::provider)
                .collect(Collectors.toCollection(TreeSet::new));

        // When
        providers.removeIf(RepliesTest::isMet);

        // Then
        assertThat(providers).containsExactly("Vague words");
    }

    private static boolean isMet(String provider) {
        try (InputStream in = RepliesTest.class.getResourceAsStream("/corpus/replies.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(line -> line.split(" <- ")[1]).anyMatch(provider::contains);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "554 5.7.1 250 2.0.0 Ok: queued as 1A2B3C4D5E",
                "554 5.7.1 host mx.example.net[192.0.2.9] said: 421 4.7.0 try again",
                "554-5.7.1 x\\n250 2.0.0 sent\\n421 4.3.2 bye",
                "554 5.7.1 \u202e\u0661 421 4.7.28"
            })
    void a_text_that_imitates_another_reply_is_read_by_its_own_code(String reply) {
        // When
        Event.Builder event = event();
        Replies.STANDARD.describe(event, reply);

        // Then
        assertThat(event.build().number(Field.REPLY_CODE, -1)).isEqualTo(554);
        assertThat(event.build().text(Field.DSN)).contains("5.7.1");
        assertThat(event.build().reason()).isNotEqualTo(Reason.UNKNOWN);
        for (Field actor : List.of(Field.CLIENT_IP, Field.ACCOUNT, Field.SENDER, Field.RECIPIENT, Field.RELAY_IP)) {
            assertThat(event.has(actor)).isFalse();
        }
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
