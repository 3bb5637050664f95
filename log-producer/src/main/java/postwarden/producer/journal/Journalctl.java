package postwarden.producer.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How {@code journalctl} is asked (systemd 236 and later). */
final class Journalctl {
    private final JournalParams params;

    Journalctl(JournalParams params) {
        this.params = params;
    }

    /** All entries that match, from a place on, oldest first; or those of them that are of the current boot, and those that will come. */
    List<String> entries(Optional<Resume> from, boolean follow) {
        List<String> words = base();
        if (follow) {
            words.add("--follow");
            words.add("--no-tail");
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
            // Of several hosts each has boots of its own; without it only the latest boot of all would be followed.
            words.add("--merge");
        }
        return words;
    }

    /** Equal fields are alternatives, different ones must both match; and journald's word that it dropped lines is always asked for. */
    private List<String> matches() {
        List<String> words = new ArrayList<>();
        params.units().forEach(unit -> words.add("_SYSTEMD_UNIT=" + unit));
        params.identifiers().forEach(identifier -> words.add("SYSLOG_IDENTIFIER=" + identifier));
        if (!words.isEmpty()) {
            words.addAll(List.of("+", "_TRANSPORT=" + EntryReader.DRIVER, "MESSAGE_ID=" + EntryReader.DROPPED));
        }
        return words;
    }
}
