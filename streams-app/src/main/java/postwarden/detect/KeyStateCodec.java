package postwarden.detect;

import java.util.HashMap;
import java.util.Map;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Packer;
import postwarden.tally.Unpacker;

/** A key state's stored form. */
public final class KeyStateCodec {
    private static final int VERSION = 1;
    private static final Map<Integer, Count> COUNTS = new HashMap<>();

    static {
        for (Count count : Count.values()) {
            COUNTS.put(count.id(), count);
        }
    }

    private KeyStateCodec() {}

    public static byte[] encode(KeyState state) {
        Packer out = new Packer().number(VERSION).number(state.tracks.size());
        state.tracks.forEach((host, track) -> encode(host, track, out));
        out.number(state.open.size());
        state.open.forEach((name, open) -> out.text(name)
                .number(open.lastShown())
                .number(open.lastAssessed())
                .number(open.lastReported())
                .number(open.calm())
                .text(open.severity().name())
                .text(open.cause()));
        return out.packed();
    }

    /** @throws IllegalArgumentException when the bytes are no key state, or of a newer release */
    public static KeyState decode(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        in.version("a key's state", VERSION);
        KeyState state = new KeyState();
        for (int left = in.count(); left > 0; left--) {
            decode(state.track(in.text()), in);
        }
        for (int left = in.count(); left > 0; left--) {
            String name = in.text();
            state.open.put(
                    name,
                    new OpenFinding(
                            in.number(),
                            in.number(),
                            in.number(),
                            in.number(),
                            Severity.valueOf(in.text()),
                            in.text()));
        }
        return state;
    }

    private static void encode(String host, Track track, Packer out) {
        out.text(host).number(track.learnedTo).number(track.stored.size());
        track.stored.forEach((start, panes) -> out.number(start).number(panes));
        out.number(track.pending.size());
        track.pending.forEach(out::number);
        out.number(track.baselines.size());
        track.baselines.forEach((count, baseline) -> out.number(count.id())
                .decimal(baseline.windows())
                .decimal(baseline.mean())
                .decimal(baseline.squares()));
    }

    private static void decode(Track track, Unpacker in) {
        track.learnedTo = in.number();
        for (int left = in.count(); left > 0; left--) {
            long start = in.number();
            track.stored.put(start, (int) in.number());
        }
        for (int left = in.count(); left > 0; left--) {
            track.pending.add(in.number());
        }
        for (int left = in.count(); left > 0; left--) {
            Count count = COUNTS.get((int) in.number());
            Baseline baseline = new Baseline(in.decimal(), in.decimal(), in.decimal());
            if (count != null) {
                track.baselines.put(count, baseline);
            }
        }
    }
}
