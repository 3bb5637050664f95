package postwarden.producer.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import postwarden.producer.redact.Addresses;

/**
 * One event of the agent's own log, as one line: time, level, a constant sentence, and its facts as {@code key=value}. Whatever anybody
 * logs, libraries too, no mail address and no control character gets through: a file's name, a broker's or a registry's words may be
 * made of what a stranger sent. Only the stack trace of a defect takes more lines.
 */
public final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());
    private static final int LEVEL_WIDTH = 5;
    private static final int LAST_CONTROL = 0x1f;
    private static final int DELETE = 0x7f;
    private static final int LAST_HIGH_CONTROL = 0x9f;

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
        String level = event.getLevel().toString();
        line.append(' ').append(level).append(" ".repeat(Math.max(1, LEVEL_WIDTH + 1 - level.length())));
        line.append(visible(Addresses.masked(String.valueOf(event.getFormattedMessage()))));
        @Nullable List<KeyValuePair> facts = event.getKeyValuePairs();
        if (facts != null) {
            facts.forEach(fact -> line.append(' ')
                    .append(fact.key)
                    .append('=')
                    .append(value(visible(Addresses.masked(String.valueOf(fact.value))))));
        }
        line.append(System.lineSeparator());
        if (event.getThrowableProxy() != null) {
            line.append(Addresses.masked(ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
        return line.toString();
    }

    /** In quotation marks where it would else not be one word. */
    private static String value(String text) {
        boolean word = !text.isEmpty() && text.chars().noneMatch(c -> c == ' ' || c == '"' || c == '=');
        return word ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Control characters as their numbers: they could write a line of their own, or colour a terminal. */
    private static String visible(String text) {
        if (text.chars().noneMatch(LogLine::isControl)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (isControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }

    private static boolean isControl(int c) {
        return c <= LAST_CONTROL || (c >= DELETE && c <= LAST_HIGH_CONTROL);
    }
}
