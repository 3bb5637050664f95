package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

/**
 * Holds what arrived against every byte that was written, one for all tests of the producer: nothing is missing, nothing was invented (no
 * half, merged or foreign line), what came twice is the same twice, the ranges of each file follow on each other, and the sums add up.
 *
 * @param records how many there were, of any kind
 * @param lines whole lines, each counted once
 * @param pieces lines and fragments, each counted once
 * @param repeated lines and fragments that had come before
 * @param notes records that are no line
 * @param losses of these, how many say that bytes were gone
 * @param faults what is wrong, in words; empty when nothing is
 */
record Oracle(long records, long lines, long pieces, long repeated, long notes, long losses, List<String> faults) {
    private static final int MOST_FAULTS = 10;

    Oracle {
        faults = List.copyOf(faults);
    }

    /** Compares the records, in their order in the topic, with the contents that one log had. */
    static Oracle over(List<WrittenLog.Content> contents, List<MailLine> records) {
        Judgement judgement = new Judgement(contents);
        records.forEach(judgement::take);
        return judgement.verdict(records.size());
    }

    /** Nothing is wrong, and no more was repeated than a crash may repeat. */
    void assertHolds(String run, long written, long mostRepeated) {
        assertThat(faults).as(run).isEmpty();
        assertThat(lines).as("lines; " + run).isEqualTo(written);
        assertThat(pieces + repeated + notes).as("sums; " + run).isEqualTo(records);
        assertThat(repeated).as("repeated; " + run).isLessThanOrEqualTo(mostRepeated);
        assertThat(losses).as("losses; " + run).isZero();
    }

    /** What is known so far. */
    private static final class Judgement {
        private final List<byte[]> contents;
        private final Map<String, Integer> identities = new LinkedHashMap<>();
        private final Map<String, TreeMap<Long, MailLine>> files = new LinkedHashMap<>();
        private final List<String> faults = new ArrayList<>();
        private long lines;
        private long pieces;
        private long repeated;
        private long notes;
        private long losses;

        Judgement(List<WrittenLog.Content> contents) {
            this.contents = contents.stream().map(WrittenLog.Content::bytes).toList();
        }

        void take(MailLine record) {
            if (record.getKind() != MailLineKind.LINE) {
                notes++;
                losses += record.getKind() == MailLineKind.LOSS ? 1 : 0;
                return;
            }
            TreeMap<Long, MailLine> file = files.computeIfAbsent(record.getFileId(), none -> new TreeMap<>());
            MailLine before = file.get(record.getStartOffset());
            if (before != null) {
                repeated++;
                check(isSame(before, record), "came back otherwise", record);
            } else {
                check(file.isEmpty() || file.lastKey() < record.getStartOffset(), "is out of order", record);
                file.put(record.getStartOffset(), record);
                pieces++;
                lines += record.getLastFragment() ? 1 : 0;
                check(isWritten(record), "was never written so", record);
            }
        }

        Oracle verdict(long records) {
            files.forEach(this::follow);
            for (int content = 0; content < contents.size(); content++) {
                if (!identities.containsValue(content)) {
                    fault("nothing arrived of content " + content + ", " + contents.get(content).length + " bytes");
                }
            }
            return new Oracle(records, lines, pieces, repeated, notes, losses, faults);
        }

        /** Each range begins where the one before it ended, from the first byte to the last. */
        private void follow(String fileId, Map<Long, MailLine> file) {
            long end = 0;
            for (MailLine record : file.values()) {
                check(record.getStartOffset() == end, "does not follow on byte " + end, record);
                end = record.getEndOffset();
            }
            Optional<Integer> content = Optional.ofNullable(identities.get(fileId));
            long written = content.map(contents::get).map(bytes -> bytes.length).orElse(0);
            if (end != written) {
                fault("of " + fileId + " bytes " + end + " to " + written + " are missing");
            }
        }

        private boolean isWritten(MailLine record) {
            Integer content = identities.get(record.getFileId());
            if (content == null) {
                for (int each = 0; each < contents.size() && content == null; each++) {
                    content = !identities.containsValue(each) && isIn(contents.get(each), record) ? each : null;
                }
                if (content == null) {
                    return false;
                }
                identities.put(record.getFileId(), content);
            }
            return isIn(contents.get(content), record);
        }

        /** Whether the record is a line, or a fragment of one, that stands there: from where a line begins to where it ends. */
        private static boolean isIn(byte[] content, MailLine record) {
            long start = record.getStartOffset();
            ByteBuffer text = record.getText();
            long textEnd = start + text.remaining();
            boolean inside = start >= 0 && textEnd <= record.getEndOffset() && record.getEndOffset() <= content.length;
            if (!inside || !text.equals(ByteBuffer.wrap(content, (int) start, text.remaining()))) {
                return false;
            }
            boolean begins = record.getFragment() > 0 || start == 0 || content[(int) start - 1] == '\n';
            boolean terminated = textEnd < content.length && content[(int) textEnd] == '\n';
            boolean ends = record.getLastFragment()
                    ? record.getEndOffset() == textEnd + (terminated ? 1 : 0)
                    : record.getEndOffset() == textEnd && !terminated;
            return begins && ends && !holdsLineFeed(content, (int) start, (int) textEnd);
        }

        private static boolean holdsLineFeed(byte[] content, int from, int to) {
            boolean found = false;
            for (int i = from; i < to && !found; i++) {
                found = content[i] == '\n';
            }
            return found;
        }

        /** But for the time of reading, and the name that the file had then. */
        /** But for when it was read, under which name, and whether its producer knows that it was never sent. */
        private static boolean isSame(MailLine one, MailLine other) {
            MailLine same = MailLine.newBuilder(other)
                    .setFresh(one.getFresh())
                    .setReadTimeMicros(one.getReadTimeMicros())
                    .setFile(one.getFile())
                    .build();
            return one.equals(same);
        }

        private void check(boolean holds, String what, MailLine record) {
            if (!holds) {
                fault(record.getFileId() + " bytes " + record.getStartOffset() + " to " + record.getEndOffset() + ": "
                        + what);
            }
        }

        private void fault(String what) {
            if (faults.size() < MOST_FAULTS) {
                faults.add(what);
            }
        }
    }
}
