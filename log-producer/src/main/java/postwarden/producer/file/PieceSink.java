package postwarden.producer.file;

/** Takes the pieces that a {@link LineSplitter} finds: lines, or fragments of long ones. The border between bytes and their reader. */
@FunctionalInterface
public interface PieceSink {
    /** Whether it takes the next piece; unless it says otherwise, it takes all. */
    default boolean takesMore() {
        return true;
    }

    /**
     * Takes one piece.
     *
     * @param bytes holds the piece; lent, so what is kept must be copied
     * @param from index of its first byte
     * @param to index behind its last byte, without the LF; at most {@link LineSplitter#LONGEST_PIECE} behind from
     * @param startOffset where its first byte stands in the file, in bytes
     * @param endOffset first byte behind it and its LF in the file
     * @param fragment index of the piece in its line, from 0
     * @param last whether the line ends with it
     */
    void piece(byte[] bytes, int from, int to, long startOffset, long endOffset, int fragment, boolean last);
}
