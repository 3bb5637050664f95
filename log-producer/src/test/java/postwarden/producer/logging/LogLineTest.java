package postwarden.producer.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLineTest {
    private final Logger logger = new LoggerContext().getLogger("test");

    @Test
    void facts_stand_behind_the_sentence_as_key_and_value() {
        // Given
        LoggingEvent event = event("a path is not read");
        event.setKeyValuePairs(List.of(
                new KeyValuePair("path", "/var/log/mail.log"),
                new KeyValuePair("why", "permission \"denied\""),
                new KeyValuePair("tries", 3)));

        // When
        String line = new LogLine().doLayout(event);

        // Then
        assertThat(line)
                .contains(" WARN  a path is not read path=/var/log/mail.log why=\"permission \\\"denied\\\"\" tries=3")
                .endsWith(System.lineSeparator());
    }

    @Test
    void neither_a_mail_address_nor_a_control_character_gets_through() {
        // Given
        LoggingEvent event = event("refused joe@example.com\n2026 ERROR forged");
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("of ann@example.org")));
        event.setKeyValuePairs(List.of(new KeyValuePair("path", "/home/eve@example.net\u001b[31m.log")));

        // When
        String line = new LogLine().doLayout(event);

        // Then
        assertThat(line.lines().findFirst().orElseThrow())
                .endsWith("refused ***@example.com\\u000a2026 ERROR forged path=/home/***@example.net\\u001b[31m.log");
        assertThat(line).doesNotContain("joe", "ann", "eve").contains("IllegalStateException: of ***@example.org");
    }

    private LoggingEvent event(String message) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName(logger.getName());
        event.setLevel(Level.WARN);
        event.setMessage(message);
        event.setInstant(Instant.now());
        return event;
    }
}
