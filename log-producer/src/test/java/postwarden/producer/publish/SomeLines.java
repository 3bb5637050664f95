package postwarden.producer.publish;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.TimeQuality;

/** Lines of one log, ordinary in everything but their text. */
final class SomeLines {
    static final int RUN = Outgoing.run();

    private SomeLines() {}

    static Outgoing line(String text) {
        return line(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    static Outgoing line(ByteBuffer text) {
        return line("mx1", text);
    }

    static Outgoing line(String host, ByteBuffer text) {
        Header header = new Header(host, "postfix/smtpd", 7, 42, TimeQuality.ZONED, 0, "");
        return new Outgoing(
                Outgoing.Kind.LINE,
                "default",
                "agent",
                host,
                header,
                43,
                text,
                "/var/log/mail.log",
                "id",
                0,
                text.remaining() + 1L,
                0,
                true,
                List.of(),
                "",
                true,
                RUN);
    }
}
