package postwarden.producer.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How {@code journalctl} is asked (systemd 236 and later). */
final class Journalctl {
    /** Since 242 {@code --boot=all} undoes what {@code --follow} implies since 251: the current boot only. */
    private static final int KNOWS_ALL_BOOTS = 242;

    private static final int LONGEST_VERSION = 4_096;

    private final JournalParams params;

    Journalctl(JournalParams params) {
        this.params = params;
    }

    /** The version of systemd that the program says it is of; 0 when it does not. */
    int version() throws IOException {
        try (Child child = Child.start(List.of(params.command(), "--version"))) {
            child.killAfterTooLong();
            BoundedLines lines = new BoundedLines(child.output(), LONGEST_VERSION);
            String first = lines.next() ? new String(lines.bytes(), 0, lines.length(), Child.CHARSET) : "";
            String[] words = first.split(" ", -1);
            boolean number = words.length > 1 && !words[1].isEmpty() && Character.isDigit(words[1].charAt(0));
            return number ? leadingNumber(words[1]) : 0;
        }
    }

    /** All entries that match, from a place on, oldest first; and, unless it is to end, those that will come. */
    List<String> entries(Optional<Resume> from, boolean once, int version) {
        List<String> words = base();
        if (!once) {
            words.add("--follow");
        }
        words.add("--no-tail");
        if (version >= KNOWS_ALL_BOOTS) {
            words.add("--boot=all");
        }
        // Not --after-cursor: where the entry is gone, that one begins elsewhere and does not say so.
        from.ifPresent(place -> words.add("--cursor=" + place.cursor().text()));
        words.addAll(matches());
        return words;
    }

    /** The first entry at or behind a place, whoever wrote it. */
    List<String> at(Cursor cursor) {
        List<String> words = base();
        words.add("--lines=1");
        words.add("--cursor=" + cursor.text());
        return words;
    }

    /** All entries, oldest first, whoever wrote them: of which one is read. */
    List<String> oldest() {
        return base();
    }

    /** The newest entry, whoever wrote it. */
    List<String> newest() {
        List<String> words = base();
        words.add("--lines=1");
        return words;
    }

    /** The newest entry that matches. */
    List<String> newestMatch() {
        List<String> words = newest();
        words.addAll(matches());
        return words;
    }

    private List<String> base() {
        List<String> words = new ArrayList<>(List.of(
                params.command(),
                "--quiet",
                "--no-pager",
                "--output=json",
                // Without it texts of more than 4096 bytes are left out.
                "--all",
                "--output-fields=" + EntryReader.FIELDS));
        if (!params.directory().isEmpty()) {
            words.add("--directory=" + params.directory());
        }
        return words;
    }

    /** Equal fields are alternatives, different ones must both match; and journald's word that it dropped lines is always asked for. */
    private List<String> matches() {
        List<String> words = new ArrayList<>();
        params.units().forEach(unit -> words.add("_SYSTEMD_UNIT=" + unit));
        params.identifiers().forEach(identifier -> words.add("SYSLOG_IDENTIFIER=" + identifier));
        if (!words.isEmpty()) {
            words.addAll(
                    List.of("+", "_TRANSPORT=" + EntryReader.DRIVER, "MESSAGE_ID=" + EntryReader.DROPPED));
        }
        return words;
    }

    private static int leadingNumber(String word) {
        int number = 0;
        for (int i = 0; i < Math.min(word.length(), 6) && Character.isDigit(word.charAt(i)); i++) {
            number = number * 10 + Character.digit(word.charAt(i), 10);
        }
        return number;
    }
}
