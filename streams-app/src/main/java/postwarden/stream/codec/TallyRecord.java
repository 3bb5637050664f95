package postwarden.stream.codec;

import java.util.ArrayList;
import java.util.List;
import postwarden.tally.Packer;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.TallyCodec;
import postwarden.tally.Unpacker;

/** What crosses the tallies topic: a key's tally in one host's pane, or how far a host has come. */
public sealed interface TallyRecord {

    /** A key's tally in one host's pane; the record's key is the key. */
    record Counted(String host, long pane, Tally tally) implements TallyRecord {}

    /** How far a host has come; goes to every partition. */
    record Passed(Progress progress) implements TallyRecord {}

    /** The key of every {@link Passed}: what no {@link StateCodecs#KEY} begins with. */
    static byte[] passedKey() {
        return new byte[] {0};
    }

    static boolean isPassedKey(byte[] key) {
        return key.length == 1 && key[0] == 0;
    }

    static byte[] encode(TallyRecord record) {
        if (record instanceof Counted counted) {
            return new Packer()
                    .number(1)
                    .text(counted.host())
                    .number(counted.pane())
                    .bytes(TallyCodec.encode(counted.tally()))
                    .packed();
        }
        Progress progress = ((Passed) record).progress();
        Packer out = new Packer()
                .number(2)
                .text(progress.tenant())
                .text(progress.host())
                .number(progress.closedThrough())
                .flag(progress.ended())
                .number(progress.roster().size());
        progress.roster().forEach(out::text);
        return out.packed();
    }

    /** @throws IllegalArgumentException when the bytes are no such record */
    static TallyRecord decode(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        long kind = in.number();
        if (kind == 1) {
            return new Counted(in.text(), in.number(), TallyCodec.decode(in.bytes()));
        }
        if (kind != 2) {
            throw new IllegalArgumentException("a record of kind " + kind + " in the tallies topic");
        }
        String tenant = in.text();
        String host = in.text();
        long closed = in.number();
        boolean ended = in.flag();
        List<String> roster = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            roster.add(in.text());
        }
        return new Passed(new Progress(tenant, host, closed, ended, roster));
    }
}
