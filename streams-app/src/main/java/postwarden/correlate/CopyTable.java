package postwarden.correlate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of one second of a host that other files may hold as well: a table with open addressing over their hashes, because
 * every line that counts is looked for and added. Changed in place by {@link CopiedLines}.
 */
public final class CopyTable {
    /** Lines that are remembered; of those beyond it a copy counts again. A host rarely writes a thousand a second. */
    static final int LIMIT = 4096;

    private static final int SMALL = 8;
    private static final CopiedLine[] EMPTY = {};

    private CopiedLine[] table = EMPTY;
    private int size;

    /** The lines, in no particular order. */
    public List<CopiedLine> lines() {
        List<CopiedLine> lines = new ArrayList<>(size);
        for (CopiedLine line : table) {
            if (!line.isNone()) {
                lines.add(line);
            }
        }
        return lines;
    }

    public CopyTable add(CopiedLine line) {
        if (size == LIMIT) {
            return this;
        }
        if (size * 2 >= table.length) {
            grow();
        }
        place(line);
        size++;
        return this;
    }

    /** Notes that the line is in this file too, when it is here from other files only. */
    boolean mark(long hash, long now, long window, int pid, int file) {
        int mask = table.length - 1;
        for (int at = start(hash, mask); size > 0 && !table[at].isNone(); at = (at + 1) & mask) {
            CopiedLine one = table[at];
            if (one.hash() == hash && Math.abs(now - one.time()) <= window && one.isOf(pid) && !one.isIn(file)) {
                table[at] = one.in(file).by(pid);
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CopyTable that
                && size == that.size
                && that.lines().containsAll(lines())
                && lines().containsAll(that.lines());
    }

    @Override
    public int hashCode() {
        return size;
    }

    @Override
    public String toString() {
        return lines().toString();
    }

    private void place(CopiedLine line) {
        int mask = table.length - 1;
        int at = start(line.hash(), mask);
        while (!table[at].isNone()) {
            at = (at + 1) & mask;
        }
        table[at] = line;
    }

    private void grow() {
        CopiedLine[] old = table;
        table = new CopiedLine[Math.max(SMALL, old.length * 2)];
        Arrays.fill(table, CopiedLine.NONE);
        for (CopiedLine line : old) {
            if (!line.isNone()) {
                place(line);
            }
        }
    }

    private static int start(long hash, int mask) {
        return (int) (hash ^ (hash >>> 32)) & mask;
    }
}
