package postwarden.replay;

/**
 * What is read again of one partition.
 *
 * @param start first offset, >= 0
 * @param stop first offset behind the last record, >= start; equal to it when there is nothing
 */
public record Range(long start, long stop) {
    public Range {
        if (start < 0 || stop < start) {
            throw new IllegalArgumentException("offsets " + start + " to " + stop);
        }
    }

    /** Whether the record with this offset is read again. */
    public boolean holds(long offset) {
        return offset >= start && offset < stop;
    }

    public long size() {
        return stop - start;
    }
}
