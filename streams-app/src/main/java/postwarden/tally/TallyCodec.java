package postwarden.tally;

import java.util.HashMap;
import java.util.Map;

/** A tally's stored form: only what is not zero, by the stable numbers of {@link Count}, {@link Peak} and {@link Distinct}. */
public final class TallyCodec {
    private static final int VERSION = 3;
    /** Most tallies have no leaders, and are written as if there were none. */
    private static final int NO_LEADERS = 2;
    /** In the first version each sample's host and file were written whole. */
    private static final int SHARES_NAMES = 2;

    /** Bytes that most tallies fit into. */
    private static final int ROOM = 512;

    private static final Count[] ALL_COUNTS = Count.values();
    private static final Peak[] ALL_PEAKS = Peak.values();
    private static final Distinct[] ALL_DISTINCTS = Distinct.values();
    private static final Lead[] ALL_LEADS = Lead.values();
    private static final Map<Integer, Count> COUNTS = new HashMap<>();
    private static final Map<Integer, Peak> PEAKS = new HashMap<>();
    private static final Map<Integer, Distinct> DISTINCTS = new HashMap<>();
    private static final Map<Integer, Lead> LEADS = new HashMap<>();

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
        for (Lead lead : Lead.values()) {
            LEADS.put(lead.id(), lead);
        }
    }

    private TallyCodec() {}

    public static byte[] encode(Tally tally) {
        Packer out = new Packer(ROOM);
        encode(tally, out);
        return out.packed();
    }

    /** Writes the tally behind what is written already. */
    public static void encode(Tally tally, Packer out) {
        out.number(tally.hasLeaders() ? VERSION : NO_LEADERS).number(tally.marks());
        Sparse counts = tally.counts();
        for (int at = counts.next(0); at < Sparse.LIMIT; at = counts.next(at + 1)) {
            out.number(ALL_COUNTS[at].id()).number(counts.get(at));
        }
        out.number(0);
        Sparse peaks = tally.peaks();
        for (int at = peaks.next(0); at < Sparse.LIMIT; at = peaks.next(at + 1)) {
            out.number(ALL_PEAKS[at].id()).number(peaks.get(at));
        }
        out.number(0);
        encodeSketches(tally, out);
        out.number(tally.samples().size());
        for (int i = 0; i < tally.samples().size(); i++) {
            encode(tally.samples().get(i), out);
        }
        out.number(tally.names().size());
        tally.names().forEach((name, n) -> out.text(name).number(n));
        if (tally.hasLeaders()) {
            encodeLeaders(tally, out);
        }
    }

    /** @throws IllegalArgumentException when the bytes are no tally, or of a newer release */
    public static Tally decode(byte[] bytes) {
        return decode(new Unpacker(bytes));
    }

    /**
     * The same for bytes that nobody changes: lines, names and leaders are read when somebody asks for them, and who does is told
     * if they are none.
     */
    public static Tally decodeLater(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        int version = in.version("a tally", VERSION);
        Tally tally = numbers(in);
        int at = in.at();
        tally.later(whole -> {
            try {
                details(new Unpacker(bytes, at), version, whole);
            } catch (IllegalArgumentException damaged) {
                throw new IllegalArgumentException(
                        "lines and names of a stored tally, " + bytes.length + " bytes: " + damaged.getMessage(),
                        damaged);
            }
        });
        return tally;
    }

    /** Reads the tally that comes next. @throws IllegalArgumentException as above */
    public static Tally decode(Unpacker in) {
        int version = in.version("a tally", VERSION);
        Tally tally = numbers(in);
        details(in, version, tally);
        return tally;
    }

    private static Tally numbers(Unpacker in) {
        Tally tally = new Tally();
        tally.restoreMarks(in.number());
        for (long id = in.number(); id != 0; id = in.number()) {
            tally.add(known(COUNTS, id, "count"), in.number());
        }
        for (long id = in.number(); id != 0; id = in.number()) {
            tally.raise(known(PEAKS, id, "peak"), in.number());
        }
        for (int left = in.count(); left > 0; left--) {
            tally.restore(known(DISTINCTS, in.number(), "distinct count"), decodeSketch(in));
        }
        return tally;
    }

    private static void details(Unpacker in, int version, Tally tally) {
        for (int left = in.count(); left > 0; left--) {
            tally.restore(decodeSample(in, version >= SHARES_NAMES));
        }
        for (int left = in.count(); left > 0; left--) {
            String name = in.text();
            tally.name(name, in.number());
        }
        for (int left = version > NO_LEADERS ? in.count() : 0; left > 0; left--) {
            tally.restore(known(LEADS, in.number(), "kind of leaders"), LeadersCodec.decode(in));
        }
    }

    private static void encodeLeaders(Tally tally, Packer out) {
        int kept = 0;
        for (Lead lead : ALL_LEADS) {
            kept += tally.has(lead) ? 1 : 0;
        }
        out.number(kept);
        for (Lead lead : ALL_LEADS) {
            if (tally.has(lead)) {
                LeadersCodec.encode(tally.leaders(lead), out.number(lead.id()));
            }
        }
    }

    private static void encodeSketches(Tally tally, Packer out) {
        int kept = 0;
        for (Distinct distinct : ALL_DISTINCTS) {
            kept += tally.has(distinct) ? 1 : 0;
        }
        out.number(kept);
        for (Distinct distinct : ALL_DISTINCTS) {
            if (tally.has(distinct)) {
                encode(distinct, tally.sketch(distinct), out);
            }
        }
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
                .shared(sample.host())
                .shared(sample.file())
                .number(sample.fileOffset())
                .number(sample.partition())
                .number(sample.recordOffset())
                .text(sample.text());
    }

    private static Sample decodeSample(Unpacker in, boolean shares) {
        return new Sample(
                known(COUNTS, in.number(), "count"),
                in.instant(),
                shares ? in.shared() : in.text(),
                shares ? in.shared() : in.text(),
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
