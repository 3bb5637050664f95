package postwarden.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

/** Records of the lines topic as the producer writes them. */
public final class Wire {
    private Wire() {}

    public static MailLine line(LogRecord.Line line) {
        byte[] text = line.text().getBytes(StandardCharsets.UTF_8);
        Source from = line.source();
        return of(MailLineKind.LINE, line.host(), line.time())
                .setProgram(line.program())
                .setPid(line.pid() < 0 ? null : line.pid())
                .setText(ByteBuffer.wrap(text))
                .setMessageStart(line.header().getBytes(StandardCharsets.UTF_8).length)
                .setFile(from.file())
                .setFileId(from.fileId())
                .setStartOffset(from.start())
                .setEndOffset(from.end())
                .build();
    }

    /** A producer's word about a host. */
    public static MailLine word(MailLineKind kind, String host, List<String> roster) {
        return of(kind, host, Instant.EPOCH).setRoster(roster).build();
    }

    private static MailLine.Builder of(MailLineKind kind, String host, Instant time) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        return MailLine.newBuilder()
                .setKind(kind)
                .setReporter(host)
                .setHost(host)
                .setEventTimeMicros(micros)
                .setReadTimeMicros(micros)
                .setText(ByteBuffer.allocate(0))
                .setFile("-")
                .setFileId("-")
                .setStartOffset(0)
                .setEndOffset(0);
    }
}
