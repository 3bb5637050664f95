package postwarden.tally;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tally's stored form: only what is not zero, by the stable numbers of {@link Count}, {@link Peak} and {@link Distinct}. */
public final class TallyCodec {
    private static final int VERSION = 1;
    private static final Count[] ALL_COUNTS = Count.values();
    private static final Peak[] ALL_PEAKS = Peak.values();
    private static final Map<Integer, Count> COUNTS = new HashMap<>();
    private static final Map<Integer, Peak> PEAKS = new HashMap<>();
    private static final Map<Integer, Distinct> DISTINCTS = new HashMap<>();

    static {
        for (Count count : Count.values()) {
            COUNTS.put(count.id(), count);
        }
        for (Peak peak : Peak.values()) {
            PEAKS.put(peak.id(), peak);
        }
        for (Distinct distinct : Distinct.values()) {
            DISTINCTS.put(distinct.id(), distinct);
        }
    }

    private TallyCodec() {}

    public static byte[] encode(Tally tally) {
        Packer out = new Packer().number(VERSION).number(tally.marks());
        for (Count count : ALL_COUNTS) {
            if (tally.count(count) != 0) {
                out.number(count.id()).number(tally.count(count));
            }
        }
        out.number(0);
        for (Peak peak : ALL_PEAKS) {
            if (tally.peak(peak) != 0) {
                out.number(peak.id()).number(tally.peak(peak));
            }
        }
        out.number(0);
        out.number(tally.sketches().size());
        tally.sketches().forEach((distinct, sketch) -> encode(distinct, sketch, out));
        out.number(tally.samples().values().stream().mapToInt(List::size).sum());
        tally.samples().values().forEach(kept -> kept.forEach(sample -> encode(sample, out)));
        out.number(tally.names().size());
        tally.names().forEach((name, n) -> out.text(name).number(n));
        return out.packed();
    }

    /** @throws IllegalArgumentException when the bytes are no tally, or of a newer release */
    public static Tally decode(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        in.version("a tally", VERSION);
        Tally tally = new Tally();
        tally.restoreMarks(in.number());
        for (long id = in.number(); id != 0; id = in.number()) {
            tally.add(known(COUNTS, id, "count"), in.number());
        }
        for (long id = in.number(); id != 0; id = in.number()) {
            tally.raise(known(PEAKS, id, "peak"), in.number());
        }
        for (int left = in.count(); left > 0; left--) {
            tally.sketches().put(known(DISTINCTS, in.number(), "distinct count"), decodeSketch(in));
        }
        for (int left = in.count(); left > 0; left--) {
            tally.restore(decodeSample(in));
        }
        for (int left = in.count(); left > 0; left--) {
            String name = in.text();
            tally.name(name, in.number());
        }
        return tally;
    }

    private static void encode(Distinct distinct, Sketch sketch, Packer out) {
        out.number(distinct.id()).flag(sketch.isExact());
        if (sketch.isExact()) {
            long[] hashes = sketch.hashes();
            out.number(hashes.length);
            for (long hash : hashes) {
                out.fixed(hash);
            }
        } else {
            out.bytes(sketch.registers());
        }
    }

    private static Sketch decodeSketch(Unpacker in) {
        if (!in.flag()) {
            return Sketch.ofRegisters(in.bytes());
        }
        Sketch sketch = new Sketch();
        for (int left = in.count(); left > 0; left--) {
            sketch.addHash(in.fixed());
        }
        return sketch;
    }

    private static void encode(Sample sample, Packer out) {
        out.number(sample.of().id())
                .instant(sample.time())
                .text(sample.host())
                .text(sample.file())
                .number(sample.fileOffset())
                .number(sample.partition())
                .number(sample.recordOffset())
                .text(sample.text());
    }

    private static Sample decodeSample(Unpacker in) {
        return new Sample(
                known(COUNTS, in.number(), "count"),
                in.instant(),
                in.text(),
                in.text(),
                in.number(),
                (int) in.number(),
                in.number(),
                in.text());
    }

    private static <T> T known(Map<Integer, T> all, long id, String what) {
        T found = all.get((int) id);
        if (found == null) {
            throw new IllegalArgumentException("no " + what + " has the number " + id);
        }
        return found;
    }
}
