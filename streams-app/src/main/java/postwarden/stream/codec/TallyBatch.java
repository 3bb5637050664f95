package postwarden.stream.codec;

import postwarden.tally.Key;
import postwarden.tally.Packer;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.TallyCodec;
import postwarden.tally.Unpacker;
import postwarden.tally.Watch;

/**
 * What crosses the tallies topic: all that a drain has for one partition, in as few records as their size allows, because a
 * record costs a hundred times what a tally in it does. First the tallies, then how far the hosts have come.
 */
public final class TallyBatch {
    private static final int VERSION = 1;
    private static final int COUNTED = 1;
    private static final int PASSED = 2;
    private static final int ROOM = 4096;

    private Packer out = begin();
    private boolean isEmpty = true;

    /** Receives what a batch holds, in its order. */
    public interface Reader {
        void counted(Key key, String host, long pane, Tally tally);

        void passed(Progress progress);
    }

    public void counted(Key key, String host, long pane, Tally tally) {
        isEmpty = false;
        out.number(COUNTED)
                .shared(key.tenant())
                .number(key.watch().id())
                .text(key.name())
                .shared(host)
                .number(pane);
        TallyCodec.encode(tally, out);
    }

    public void passed(Progress progress) {
        isEmpty = false;
        out.number(PASSED)
                .shared(progress.tenant())
                .shared(progress.host())
                .number(progress.closedThrough())
                .flag(progress.ended())
                .number(progress.roster().size());
        progress.roster().forEach(out::shared);
    }

    public boolean isEmpty() {
        return isEmpty;
    }

    /** Size in bytes so far. */
    public int size() {
        return out.size();
    }

    /** The bytes; the batch is empty again. */
    public byte[] take() {
        byte[] bytes = out.packed();
        out = begin();
        isEmpty = true;
        return bytes;
    }

    /** @throws IllegalArgumentException when the bytes are no batch, or of a newer release; what came before was read */
    public static void read(byte[] bytes, Reader reader) {
        Unpacker in = new Unpacker(bytes);
        in.version("a batch of tallies", VERSION);
        while (in.hasMore()) {
            int kind = (int) in.number();
            switch (kind) {
                case COUNTED -> counted(in, reader);
                case PASSED -> passed(in, reader);
                default -> throw new IllegalArgumentException("a part of kind " + kind + " in a batch of tallies");
            }
        }
    }

    private static void counted(Unpacker in, Reader reader) {
        String tenant = in.shared();
        Key key = new Key(tenant, Watch.of((int) in.number()), in.text());
        String host = in.shared();
        long pane = in.number();
        reader.counted(key, host, pane, TallyCodec.decode(in));
    }

    private static void passed(Unpacker in, Reader reader) {
        String tenant = in.shared();
        String host = in.shared();
        long closed = in.number();
        boolean ended = in.flag();
        String[] roster = new String[in.count()];
        for (int i = 0; i < roster.length; i++) {
            roster[i] = in.shared();
        }
        reader.passed(new Progress(tenant, host, closed, ended, java.util.List.of(roster)));
    }

    private static Packer begin() {
        return new Packer(ROOM).number(VERSION);
    }
}
