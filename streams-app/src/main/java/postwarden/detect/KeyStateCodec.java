package postwarden.detect;

import postwarden.tally.Packer;
import postwarden.tally.Unpacker;

/** A key state's stored form. */
public final class KeyStateCodec {
    private static final int VERSION = 6;
    /** The first version kept all tallies in rows of their own, and all tracks with their key. */
    private static final int KEEPS_TALLIES = 2;
    /** The second version knew nothing of hours of the week, and doubted nothing. */
    private static final int KNOWS_WEEKS = 3;
    /** The third version threw away what was in doubt. */
    private static final int KEEPS_DOUBTED = 4;
    /** The fourth version knew nothing of single hours. */
    private static final int KEEPS_HOURS = 5;
    /** The fifth version had one finding of a detector for each host. */
    private static final int NAMES_WHOM = 6;

    /** Bytes that most states fit into. */
    private static final int ROOM = 1024;

    private KeyStateCodec() {}

    public static byte[] encode(KeyState state) {
        Packer out = new Packer(ROOM);
        encode(state, out);
        return out.packed();
    }

    /** Writes the state behind what is written already. */
    public static void encode(KeyState state, Packer out) {
        out.number(VERSION).number(state.tracks.size());
        state.tracks.forEach((host, track) -> TrackCodec.encode(track, out.shared(host)));
        out.number(state.elsewhere.size());
        state.elsewhere.forEach(out::text);
        out.number(state.open.size());
        state.open.forEach((name, open) -> out.text(name.detector())
                .text(name.host())
                .text(name.about())
                .number(open.lastShown())
                .number(open.lastAssessed())
                .number(open.lastReported())
                .number(open.calm())
                .text(open.severity().name())
                .text(open.cause()));
        out.number(state.doubts.size());
        state.doubts.forEach((from, to) -> out.number(from).number(to));
    }

    /** @throws IllegalArgumentException when the bytes are no key state, or of a newer release */
    public static KeyState decode(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        int version = in.version("a key's state", VERSION);
        boolean keepsTallies = version >= KEEPS_TALLIES;
        KeyState state = new KeyState();
        for (int left = in.count(); left > 0; left--) {
            Track track = new Track();
            state.tracks.put(keepsTallies ? in.shared() : in.text(), track);
            if (keepsTallies) {
                TrackCodec.decode(track, in);
            } else {
                TrackCodec.decodeVersion1(track, in);
            }
            if (version >= KNOWS_WEEKS) {
                TrackCodec.weeks(track, in);
            }
            if (version >= KEEPS_DOUBTED) {
                TrackCodec.doubted(track, in);
            }
            if (version >= KEEPS_HOURS) {
                TrackCodec.hours(track, in);
            }
        }
        if (keepsTallies) {
            for (int left = in.count(); left > 0; left--) {
                state.elsewhere.add(in.text());
            }
        }
        for (int left = in.count(); left > 0; left--) {
            OpenName name = version >= NAMES_WHOM ? new OpenName(in.text(), in.text(), in.text()) : earlier(in.text());
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
        if (version >= KNOWS_WEEKS) {
            for (int left = in.count(); left > 0; left--) {
                state.doubts.put(in.number(), in.number());
            }
        }
        return state;
    }

    /** A name as it was before version 6: detector, an at sign, host. */
    private static OpenName earlier(String name) {
        int at = name.indexOf('@');
        return new OpenName(name.substring(0, Math.max(0, at)), name.substring(at + 1), "");
    }
}
