package postwarden.producer.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * {@code exim -bpru} (Exim's specification, 5.2, "-bp"): a line a message, with its age, size, id and sender, then a line for each
 * recipient who has not got it, then an empty one. Ages are rounded by Exim: to minutes up to 90, to hours up to 72, then to days.
 *
 * <pre>
 * 25m  2.9K 0t5C6f-000123-00 &lt;alice@wonderland.fict.example&gt;
 *           red.king@looking-glass.fict.example
 * </pre>
 */
final class EximListing implements QueueProbe.Listing {
    /** What of a line is looked at: an address has at most 254 characters (RFC 5321), and a sender may stand before a state. */
    private static final int MOST_LINE = 1024;

    /** Spaces before a recipient; a message begins within the first of them. */
    private static final int RECIPIENT_INDENT = 8;

    private static final long SECONDS_A_MINUTE = 60;
    private static final long SECONDS_AN_HOUR = 3600;
    private static final long SECONDS_A_DAY = 86_400;
    private static final double KIB = 1024;

    private final Clock clock;

    EximListing(Clock clock) {
        this.clock = clock;
    }

    /** A message's line. */
    private record Head(String state, long arrived, long size) {}

    @Override
    public void read(OneLine lines, QueueTally tally) throws IOException {
        Optional<Head> head = Optional.empty();
        while (lines.next()) {
            String line = new String(lines.readNBytes(MOST_LINE), StandardCharsets.ISO_8859_1);
            if (line.isBlank()) {
                head = Optional.empty();
            } else if (isRecipient(line) && head.isPresent()) {
                // One who has got it already is marked by a D, and not listed by -bpru.
                tally.recipient(head.get().state(), head.get().arrived(), line.strip());
            } else {
                head = head(ProcFile.words(line));
                head.ifPresentOrElse(
                        message -> tally.message(message.state(), message.arrived(), message.size()), tally::garbled);
            }
        }
    }

    private static boolean isRecipient(String line) {
        return line.length() > RECIPIENT_INDENT
                && line.substring(0, RECIPIENT_INDENT).isBlank();
    }

    /** Age, size (which a message that cannot be read has not), id, sender, and what is wrong with it. */
    private Optional<Head> head(List<String> words) {
        int id = words.size() > 1 && isId(words.get(1)) ? 1 : 2;
        Optional<Long> age = words.size() > id && isId(words.get(id)) ? age(words.get(0)) : Optional.empty();
        if (age.isEmpty()) {
            return Optional.empty();
        }
        long size = id == 2 ? size(words.get(1)) : 0;
        List<String> rest = words.subList(id + 1, words.size());
        boolean read = !rest.isEmpty() && rest.get(0).startsWith("<");
        boolean frozen = rest.contains("frozen") && rest.contains("***");
        String state = read ? (frozen ? "frozen" : "queued") : "other";
        return Optional.of(new Head(state, clock.millis() / 1000 - age.get(), size));
    }

    /** Six characters of time, a dash, six or eleven of process, a dash, two or four of fraction (before and since 4.97). */
    private static boolean isId(String word) {
        boolean old = word.length() == 16 && word.charAt(13) == '-';
        boolean long64 = word.length() == 23 && word.charAt(18) == '-';
        return (old || long64) && word.charAt(6) == '-';
    }

    private static Optional<Long> age(String word) {
        long unit = switch (word.charAt(word.length() - 1)) {
            case 'm' -> SECONDS_A_MINUTE;
            case 'h' -> SECONDS_AN_HOUR;
            case 'd' -> SECONDS_A_DAY;
            default -> 0;
        };
        return unit == 0
                ? Optional.empty()
                : ProcFile.number(word.substring(0, word.length() - 1)).map(count -> count * unit);
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
