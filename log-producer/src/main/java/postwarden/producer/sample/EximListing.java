package postwarden.producer.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * {@code exim -bpru} (Exim's specification, 5.2, "-bp"): a line a message, with its age, size, id and sender, then a line for each
 * recipient who has not got it, then an empty one. A message that cannot be read has only its id. Exim rounds the age, to half a day
 * in the end; the id holds the second of arrival.
 *
 * <pre>
 * 25m  2.9K 1xUulJ-000123-00 &lt;alice@wonderland.example&gt;
 *           hatter@tea.example
 * </pre>
 */
final class EximListing implements QueueProbe.Listing {
    /** What of a line is looked at: an address has at most 254 characters (RFC 5321), and a sender may stand before a state. */
    private static final int MOST_LINE = 1024;

    /** Spaces before a recipient; a message begins within them. */
    private static final int RECIPIENT_INDENT = 8;

    /** Age and size may stand before an id. */
    private static final int LAST_ID_PLACE = 2;

    private static final String MARK = "***";
    private static final double KIB = 1024;

    /** A message's line. */
    private record Head(String state, long arrived, long size) {}

    @Override
    public void read(OneLine lines, QueueTally tally) throws IOException {
        Optional<Head> head = Optional.empty();
        while (lines.next()) {
            String line = new String(lines.readNBytes(MOST_LINE), StandardCharsets.UTF_8);
            String bare = line.strip();
            Optional<Head> next = head(ProcFile.words(bare));
            if (next.isPresent() && !isRecipient(line)) {
                head = next;
                tally.message(
                        head.get().state(), head.get().arrived(), head.get().size());
            } else if (isRecipient(line) && head.isPresent()) {
                tally.recipient(head.get().state(), head.get().arrived(), bare);
            } else if (!bare.isEmpty() && !bare.startsWith(MARK) && !lines.isCut()) {
                tally.garbled();
            }
        }
    }

    /** By its indent, and because no word of a recipient's line can stand where an age stands. */
    private static boolean isRecipient(String line) {
        return line.length() > RECIPIENT_INDENT + 1
                && line.substring(0, RECIPIENT_INDENT).isBlank();
    }

    private static Optional<Head> head(List<String> words) {
        for (int place = 0; place <= LAST_ID_PLACE && place < words.size(); place++) {
            Optional<Long> arrived = EximId.arrived(words.get(place));
            if (arrived.isPresent()) {
                List<String> rest = words.subList(place + 1, words.size());
                long size = place == LAST_ID_PLACE ? size(words.get(place - 1)) : 0;
                return Optional.of(new Head(state(rest), arrived.get(), size));
            }
        }
        return Optional.empty();
    }

    /** {@code <sender> *** frozen ***}; a message that cannot be read has no sender. */
    private static String state(List<String> behindId) {
        if (behindId.isEmpty()) {
            return "other";
        }
        int mark = behindId.indexOf(MARK);
        return mark > 0 && behindId.subList(mark, behindId.size()).contains("frozen") ? "frozen" : "queued";
    }

    /** As Exim rounds it: 512, 2.9K, 31M. */
    private static long size(String word) {
        char last = word.charAt(word.length() - 1);
        double unit = last == 'K' ? KIB : last == 'M' ? KIB * KIB : 1;
        try {
            return (long) (Double.parseDouble(unit == 1 ? word : word.substring(0, word.length() - 1)) * unit);
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
