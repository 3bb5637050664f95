package postwarden.stream.codec;

import java.util.ArrayList;
import java.util.List;
import postwarden.tally.Key;
import postwarden.tally.Packer;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.TallyCodec;
import postwarden.tally.Unpacker;
import postwarden.tally.Watch;
import postwarden.tally.Word;

/**
 * What crosses the tallies topic: all that a drain has for one partition, in as few records as their size allows, because a
 * record costs a hundred times what a tally in it does. First the tallies, then how far the hosts have come.
 */
public final class TallyBatch {
    private static final int VERSION = 2;
    /** In the first version nobody knew when a producer had said its last word. */
    private static final int KNOWS_WORDS = 2;

    private static final int COUNTED = 1;
    private static final int PASSED = 2;
    private static final int ROOM = 4096;

    private final Packer out = new Packer(ROOM).number(VERSION);
    private boolean isEmpty = true;

    /** Receives what a batch holds: all tallies, then how far the hosts have come. */
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
        out.shared(progress.word().reporter())
                .number(progress.word().heard())
                .flag(progress.word().quiet());
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
        out.clear().number(VERSION);
        isEmpty = true;
        return bytes;
    }

    /** A tally of a batch. */
    private record Counted(Key key, String host, long pane, Tally tally) {}

    /**
     * Reads a batch: all of it, or nothing, so that one that is damaged can be put aside.
     *
     * @throws IllegalArgumentException when the bytes are no batch, or of a newer release; the reader was given nothing
     */
    public static void read(byte[] bytes, Reader reader) {
        List<Counted> counted = new ArrayList<>();
        List<Progress> passed = new ArrayList<>();
        parts(bytes, counted, passed);
        for (Counted each : counted) {
            reader.counted(each.key, each.host, each.pane, each.tally);
        }
        passed.forEach(reader::passed);
    }

    /** @throws IllegalArgumentException when {@link #read} would */
    public static void check(byte[] bytes) {
        parts(bytes, new ArrayList<>(), new ArrayList<>());
    }

    private static void parts(byte[] bytes, List<Counted> counted, List<Progress> passed) {
        Unpacker in = new Unpacker(bytes);
        int version = in.version("a batch of tallies", VERSION);
        while (in.hasMore()) {
            int kind = (int) in.number();
            switch (kind) {
                case COUNTED -> counted.add(counted(in));
                case PASSED -> passed.add(passed(in, version));
                default -> throw new IllegalArgumentException("a part of kind " + kind + " in a batch of tallies");
            }
        }
    }

    private static Counted counted(Unpacker in) {
        String tenant = in.shared();
        Key key = new Key(tenant, Watch.of((int) in.number()), in.text());
        String host = in.shared();
        long pane = in.number();
        return new Counted(key, host, pane, TallyCodec.decode(in));
    }

    private static Progress passed(Unpacker in, int version) {
        String tenant = in.shared();
        String host = in.shared();
        long closed = in.number();
        boolean ended = in.flag();
        List<String> roster = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            roster.add(in.shared());
        }
        Word word = version < KNOWS_WORDS ? Word.NONE : new Word(in.shared(), in.number(), in.flag());
        return new Progress(tenant, host, closed, ended, roster, word);
    }
}
