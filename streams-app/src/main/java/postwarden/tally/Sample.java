package postwarden.tally;

import java.time.Instant;
import postwarden.event.Event;
import postwarden.event.LogRecord;

/**
 * One line kept as evidence for a count.
 *
 * @param of the count that it is evidence for
 * @param fileOffset first byte of the line in its file
 * @param partition Kafka partition, or -1
 * @param recordOffset Kafka offset, or -1
 * @param text the line, cut at {@value #TEXT_LIMIT} characters
 */
public record Sample(
        Count of,
        Instant time,
        String host,
        String file,
        long fileOffset,
        int partition,
        long recordOffset,
        String text) {
    /** An alert must stay readable and small: ten lines of this length are 4 KiB. */
    public static final int TEXT_LIMIT = 400;

    /** The earliest first; total, so that whichever lines are kept does not depend on the order of merging. */
    static int compare(Sample one, Sample other) {
        int order = one.time.compareTo(other.time);
        if (order == 0) {
            order = one.host.compareTo(other.host);
        }
        if (order == 0) {
            order = one.file.compareTo(other.file);
        }
        return order == 0 ? Long.compare(one.fileOffset, other.fileOffset) : order;
    }

    /** The event's line as evidence. */
    public static Sample of(Count of, Event event) {
        LogRecord.Line line = event.line();
        String text = line.text();
        return new Sample(
                of,
                line.time(),
                line.host(),
                line.source().file(),
                line.source().start(),
                line.source().partition(),
                line.source().recordOffset(),
                cut(text, TEXT_LIMIT));
    }

    /** Cuts between characters: half a surrogate pair would come out of a store as something else. */
    static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
