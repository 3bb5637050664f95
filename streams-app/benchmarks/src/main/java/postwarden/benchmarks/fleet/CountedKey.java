package postwarden.benchmarks.fleet;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.function.BiConsumer;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.parse.LineParser;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

/** What the other contestants count: whom a line names, by our parser, of the same five kinds that Postwarden watches. */
public enum CountedKey {
    SERVER,
    CLIENT,
    ACCOUNT,
    SENDER,
    DESTINATION;

    /** Senders of the fleet's own; strangers' are no entity for Postwarden either. */
    private static final String OURS = "example.com";

    /** Tells everything that a record of the lines topic names; nothing of a record that is no line. */
    public static void forEach(LineParser parser, MailLine line, BiConsumer<CountedKey, String> each) {
        if (line.getKind() == MailLineKind.LINE) {
            Event event = parser.parse(line(line));
            each.accept(SERVER, event.host());
            event.text(Field.CLIENT_IP).ifPresent(client -> each.accept(CLIENT, client));
            event.text(Field.ACCOUNT).ifPresent(account -> each.accept(ACCOUNT, account));
            event.text(Field.SENDER)
                    .filter(sender -> sender.endsWith(OURS))
                    .ifPresent(sender -> each.accept(SENDER, sender));
            if (event.is(Kind.DELIVERY)) {
                event.text(Field.RECIPIENT).ifPresent(to -> each.accept(DESTINATION, domain(to)));
            }
        }
    }

    /** When the line was written, in milliseconds since 1970; -1 when nobody knows. */
    public static long millis(MailLine line) {
        Long micros = line.getEventTimeMicros();
        return micros == null ? -1 : micros / 1000;
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    private static LogRecord.Line line(MailLine line) {
        byte[] text = new byte[line.getText().remaining()];
        line.getText().duplicate().get(text);
        int start = line.getMessageStart();
        Integer pid = line.getPid();
        return new LogRecord.Line(
                line.getTenant(),
                line.getHost(),
                line.getProgram(),
                pid == null ? -1 : pid,
                Instant.ofEpochMilli(millis(line)),
                new String(text, 0, start, StandardCharsets.UTF_8),
                new String(text, start, text.length - start, StandardCharsets.UTF_8),
                new Source(line.getFile(), line.getFileId(), line.getStartOffset(), line.getEndOffset(), -1, -1));
    }
}
