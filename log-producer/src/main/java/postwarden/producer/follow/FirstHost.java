package postwarden.producer.follow;

import java.io.IOException;
import java.time.Instant;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderParser;

/** Which host writes a file, told by the first of its lines that has a header. */
final class FirstHost {
    /** How much of a file is read for it, in bytes. */
    private static final int PEEK = 65_536;

    private FirstHost() {}

    /** The host's name, or nothing when no line at the beginning has a header. */
    static String of(Source source, Content content, Reading reading) throws IOException {
        return of(source, content, reading.reporter(), reading.clock().instant());
    }

    /** The same for whoever reads nothing else. */
    static String of(Source source, Content content, String reporter, Instant now) throws IOException {
        byte[] bytes = new byte[PEEK];
        int count = content.read(bytes, PEEK, 0);
        HeaderParser parser = LineStream.parser(source, reporter, now);
        parser.top(bytes, count);
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                Header header = parser.parse(bytes, start, i);
                if (header.parsed()) {
                    return header.host();
                }
                start = i + 1;
            }
        }
        return "";
    }
}
