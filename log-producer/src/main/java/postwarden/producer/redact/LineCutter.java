package postwarden.producer.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts the secrets out of the lines of one input, one after the other, fragments in their order. Linear in a line's length; a line
 * without secrets is handed back as it is, and costs no object. Belongs to one thread.
 *
 * <p>Of a line in several fragments, a secret that reaches the end of one hides the rest of the line: where it would have ended in the
 * next one nobody could tell for certain.
 */
public final class LineCutter {
    /** What is looked at again of the fragment before: longer than any mark with the words that may stand between it and its secret. */
    private static final int OVERLAP = 512;
    /** Two marks may overlap by less than this; the longest has 31 bytes. */
    private static final int LONGEST_MARK = 32;

    private static final byte[] NOTHING = {};
    private static final byte[] CUT = Redaction.CUT.getBytes(StandardCharsets.US_ASCII);

    private final Redaction redaction;
    private final Line line = new Line();
    private final Buffer out = new Buffer();
    private byte[] tail = NOTHING;
    private boolean open;

    private byte[] bytes = NOTHING;
    private int from;
    private int to;
    private int cuts;

    /** A cutter for an input that begins with a line. */
    public LineCutter(Redaction redaction) {
        this.redaction = redaction;
    }

    /** The input begins in the middle of a line of which nothing is known: the rest of that line is hidden. */
    public void beginWithin() {
        open = true;
    }

    /**
     * Takes a line, or the next fragment of one; what is left of it is then in {@link #bytes}, {@link #from} and {@link #to}.
     *
     * @param piece holds it; neither changed nor kept
     * @param start index of its first byte
     * @param end index behind its last byte, without the LF
     * @param fragment its index in its line, from 0
     * @param last whether the line ends with it
     * @return how many secrets were cut
     */
    public int cut(byte[] piece, int start, int end, int fragment, boolean last) {
        open &= fragment > 0;
        cuts = 0;
        if (open) {
            hide(start, end);
        } else if (fragment == 0 || tail.length == 0) {
            search(piece, start, end, start, fragment == 0, last);
        } else {
            byte[] joined = Arrays.copyOf(tail, tail.length + end - start);
            System.arraycopy(piece, start, joined, tail.length, end - start);
            search(joined, 0, joined.length, tail.length, false, last);
        }
        open &= !last;
        tail = last || open ? NOTHING : Arrays.copyOfRange(piece, Math.max(start, end - OVERLAP), end);
        return cuts;
    }

    /** Holds what is left: the array that was given when nothing was cut, else one of its own. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where that begins. */
    public int from() {
        return from;
    }

    /** Where that ends. */
    public int to() {
        return to;
    }

    private void hide(int start, int end) {
        boolean nothing = start == end;
        cuts = nothing ? 0 : 1;
        bytes = CUT;
        from = 0;
        to = nothing ? 0 : CUT.length;
    }

    /** @param begin where the piece itself begins, behind what is looked at again of the one before */
    private void search(byte[] text, int start, int end, int begin, boolean lineStart, boolean lineEnd) {
        line.of(text, start, end, lineStart, lineEnd);
        int copied = begin;
        int place = Secrets.MARKS.next(text, start, end);
        while (place < end) {
            Secret secret = Secrets.MARKS.at(line, place, end);
            int behind = Marks.behind(place);
            if (secret != null && line.secretTo() > copied) {
                copied = replace(secret, text, copied);
                behind = Math.max(behind, copied - LONGEST_MARK);
            }
            place = Secrets.MARKS.next(text, behind, end);
        }
        bytes = text;
        from = begin;
        to = end;
        open = !lineEnd && cuts > 0 && copied == end;
        if (cuts > 0) {
            out.write(text, copied, end - copied);
            bytes = out.take();
            from = 0;
            to = bytes.length;
        }
    }

    /** Writes what stands in front of a secret, and what stands for it; answers up to where the text is written. */
    private int replace(Secret secret, byte[] text, int copied) {
        int start = line.replacedFrom();
        int end = line.secretTo();
        if (secret.kind() == Secret.Kind.NUMBERS) {
            return replaceNumbers(text, start, end, copied);
        }
        if (start < copied && cuts > 0) {
            // It reaches out of the one before: they are one.
            return end;
        }
        out.write(text, copied, Math.max(0, start - copied));
        cuts++;
        String replacement = redaction.replacement(secret.kind(), text, line.secretFrom(), end);
        out.write(replacement);
        return end;
    }

    private int replaceNumbers(byte[] text, int start, int end, int copied) {
        byte[] decoded = Numbers.decode(text, start, end);
        LineCutter inner = new LineCutter(redaction);
        int found = inner.cut(decoded, 0, decoded.length, 0, true);
        if (found == 0 || start < copied) {
            return copied;
        }
        out.write(text, copied, start - copied);
        out.write(Numbers.encode(inner.bytes(), inner.from(), inner.to()));
        cuts += found;
        return end;
    }
}
