package postwarden.producer.follow;

import postwarden.producer.checkpoint.Progress;
import postwarden.producer.file.Print;

/** Where a piece of a content stands for readers, and what its acknowledgement moves: bytes in a file, or another input's own numbers. */
@FunctionalInterface
interface Places {
    /**
     * Places the next piece.
     *
     * @param start its first byte, as the bytes were fed
     * @param end first byte behind it and its LF
     * @param tail its bytes without the LF, of more than {@value Print#MARK} the last so many; kept
     * @param terminated whether a LF follows it
     * @param fragment its index in its line
     * @param last whether the line ends with it
     */
    Place of(long start, long end, byte[] tail, boolean terminated, int fragment, boolean last);

    /**
     * A piece's place.
     *
     * @param start what readers are told as its start
     * @param end what readers are told as its end
     * @param acknowledged to be run once Kafka has it
     */
    record Place(long start, long end, Runnable acknowledged) {}

    /** Bytes are placed where they stand in their file. */
    static Places inFile(Progress progress) {
        return (start, end, tail, terminated, fragment, last) ->
                new Place(start, end, progress.sent(end, tail, fragment, last, terminated));
    }
}
