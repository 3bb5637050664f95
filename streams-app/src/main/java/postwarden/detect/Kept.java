package postwarden.detect;

import org.jspecify.annotations.Nullable;
import postwarden.tally.Packer;
import postwarden.tally.Tally;
import postwarden.tally.TallyCodec;

/**
 * One tally of a track: as an object while it is worked on, as bytes while it is only carried along, because most are added to
 * once and never looked at. Or it stands in a row of its own.
 */
final class Kept {
    private final int panes;
    private @Nullable Tally tally;
    private byte @Nullable [] packed;

    private Kept(int panes, @Nullable Tally tally, byte @Nullable [] packed) {
        this.panes = panes;
        this.tally = tally;
        this.packed = packed;
    }

    static Kept here(int panes, Tally tally) {
        return new Kept(panes, tally, null);
    }

    static Kept here(int panes, byte[] packed) {
        return new Kept(panes, null, packed);
    }

    static Kept elsewhere(int panes) {
        return new Kept(panes, null, null);
    }

    /** How many panes it sums up, >= 1. */
    int panes() {
        return panes;
    }

    /** Whether it is not in a row of its own. */
    boolean isHere() {
        return tally != null || packed != null;
    }

    /** To read. @throws IllegalStateException when it is elsewhere */
    Tally look() {
        if (tally == null) {
            tally = TallyCodec.decodeLater(packed());
        }
        return tally;
    }

    /** To read once: what is packed stays packed. @throws IllegalStateException when it is elsewhere */
    Tally glance() {
        return tally == null ? TallyCodec.decodeLater(packed()) : tally;
    }

    /** To change. @throws IllegalStateException when it is elsewhere */
    Tally open() {
        Tally opened = look();
        packed = null;
        return opened;
    }

    /** Keeps only the bytes from now on, where it is here. */
    void pack() {
        if (isHere()) {
            packed();
            tally = null;
        }
    }

    /** Its bytes. @throws IllegalStateException when it is elsewhere */
    byte[] packed() {
        if (packed == null) {
            if (tally == null) {
                throw new IllegalStateException("a tally that is in a row of its own was asked for here");
            }
            packed = TallyCodec.encode(tally);
        }
        return packed;
    }

    /** Writes its bytes, with their length before them. @throws IllegalStateException when it is elsewhere */
    void write(Packer out) {
        if (packed == null && tally != null) {
            out.nested(tally, TallyCodec::encode);
        } else {
            out.bytes(packed());
        }
    }

    /** Bytes that it takes, about. */
    int weight() {
        return packed != null ? packed.length : tally != null ? tally.weight() : 0;
    }
}
