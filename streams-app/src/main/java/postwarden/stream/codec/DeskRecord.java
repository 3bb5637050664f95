package postwarden.stream.codec;

import java.util.Arrays;
import postwarden.detect.Report;
import postwarden.incident.Settled;
import postwarden.policy.Decision;
import postwarden.tally.Packer;
import postwarden.tally.Unpacker;

/** What the desk is told by way of internal topics. Key: tenant. */
public sealed interface DeskRecord {

    /** What a watch says. */
    record Told(Report report) implements DeskRecord {}

    /** How far a part of the watches has told everything. */
    record Passed(Settled settled) implements DeskRecord {}

    /** What an operator lets be, or says of an incident. */
    record Decided(Decision decision) implements DeskRecord {}

    /** What an operator takes back without a trace. */
    record Forgotten(String tenant, String id) implements DeskRecord {}

    static byte[] encode(DeskRecord record) {
        if (record instanceof Told told) {
            return kind(1, ReportCodec.encode(told.report()));
        }
        if (record instanceof Passed passed) {
            return kind(2, StateCodecs.SETTLED.encode(passed.settled()));
        }
        if (record instanceof Decided decided) {
            return kind(3, StateCodecs.DECISION.encode(decided.decision()));
        }
        Forgotten forgotten = (Forgotten) record;
        return kind(
                4, new Packer().text(forgotten.tenant()).text(forgotten.id()).packed());
    }

    /** @throws IllegalArgumentException when the bytes are no such record */
    static DeskRecord decode(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an empty record for the desk");
        }
        byte[] body = Arrays.copyOfRange(bytes, 1, bytes.length);
        return switch (bytes[0]) {
            case 1 -> new Told(ReportCodec.decode(body));
            case 2 -> new Passed(StateCodecs.SETTLED.decode().apply(body));
            case 3 -> new Decided(StateCodecs.DECISION.decode().apply(body));
            case 4 -> forgotten(new Unpacker(body));
            default -> throw new IllegalArgumentException("a record of unknown kind " + bytes[0] + " for the desk");
        };
    }

    private static Forgotten forgotten(Unpacker in) {
        return new Forgotten(in.text(), in.text());
    }

    private static byte[] kind(int kind, byte[] body) {
        byte[] bytes = new byte[body.length + 1];
        bytes[0] = (byte) kind;
        System.arraycopy(body, 0, bytes, 1, body.length);
        return bytes;
    }
}
