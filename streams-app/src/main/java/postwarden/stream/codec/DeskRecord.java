package postwarden.stream.codec;

import java.util.Arrays;
import postwarden.detect.Report;
import postwarden.incident.Settled;

/** What crosses the reports topic: a report, or how far a part of the watches has told everything. Key: tenant. */
public sealed interface DeskRecord {

    /** What a watch says. */
    record Told(Report report) implements DeskRecord {}

    /** How far a part of the watches has told everything. */
    record Passed(Settled settled) implements DeskRecord {}

    static byte[] encode(DeskRecord record) {
        byte[] body = record instanceof Told told
                ? ReportCodec.encode(told.report())
                : StateCodecs.SETTLED.encode(((Passed) record).settled());
        byte[] bytes = new byte[body.length + 1];
        bytes[0] = (byte) (record instanceof Told ? 1 : 2);
        System.arraycopy(body, 0, bytes, 1, body.length);
        return bytes;
    }

    /** @throws IllegalArgumentException when the bytes are no such record */
    static DeskRecord decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] < 1 || bytes[0] > 2) {
            throw new IllegalArgumentException("a record of unknown kind in the reports topic");
        }
        byte[] body = Arrays.copyOfRange(bytes, 1, bytes.length);
        return bytes[0] == 1
                ? new Told(ReportCodec.decode(body))
                : new Passed(StateCodecs.SETTLED.decode().apply(body));
    }
}
