package postwarden.producer.follow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import postwarden.producer.journal.JournalParams;

/**
 * A journal whose entries a test writes, and a {@code journalctl} in its place: a script that answers as systemd 252's was seen to,
 * most of all that it begins with the nearest entry, and says nothing, where the one that is asked for is gone.
 */
final class PretendJournal {
    private static final String SCRIPT = """
            #!/bin/sh
            for word in "$@"; do case $word in
              --version) echo "systemd 252 (252.38-1)"; exit 0;;
              --directory=*) dir=${word#*=};;
              --cursor=*) cursor=${word#--cursor=};;
              --follow) follow=1;;
              --lines=1) lines=1;;
            esac; done
            [ -f "$dir/refuse" ] && { echo "refused by the test" >&2; exit 3; }
            [ -s "$dir/entries" ] || exit 0
            from=1
            [ -n "$cursor" ] && from=$(grep -nF "\\"$cursor\\"" "$dir/entries" | cut -d: -f1)
            [ -z "$from" ] && from=1
            if [ -n "$lines" ] && [ -n "$cursor" ]; then sed -n "${from}p" "$dir/entries"
            elif [ -n "$lines" ]; then tail -n 1 "$dir/entries"
            elif [ -n "$follow" ]; then exec tail -n "+$from" -f "$dir/entries"
            else exec tail -n "+$from" "$dir/entries"; fi
            """;

    private static final long SECOND = 1_000_000;
    private static final long BEGIN = 1_795_248_000L * SECOND;

    private final Path folder;
    private final Path command;
    private final List<String> entries = new ArrayList<>();

    PretendJournal(Path folder) throws IOException {
        this.folder = folder;
        command = Files.writeString(folder.resolve("journalctl"), SCRIPT);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        Files.createFile(folder.resolve("entries"));
    }

    Source source(Source.Start start) {
        JournalParams params = new JournalParams(
                List.of("postfix@-.service"),
                List.of(),
                List.of(),
                folder.toString(),
                command.toString(),
                1000,
                64 << 10,
                Duration.ofMillis(100));
        return new Source(
                params.path(), start, "default", new HostRule.FromHeader(), ZoneId.of("UTC"), new Feed.Journal(params));
    }

    /** Adds an entry with a number of its own. */
    void add(long number, String message) throws IOException {
        addRaw("""
                {"__CURSOR":"%s","MESSAGE":"%s","SYSLOG_IDENTIFIER":"postfix/smtpd","_PID":"7","_HOSTNAME":"mx1","_UID":"0"}""".formatted(cursor(number), message));
    }

    /** Adds whatever a test wants journalctl to print. */
    void addRaw(String line) throws IOException {
        entries.add(line);
        Files.writeString(folder.resolve("entries"), line + '\n', StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    /** Forgets its oldest entries, as vacuuming does. */
    void vacuum(int count) throws IOException {
        entries.subList(0, count).clear();
        Path part = Files.writeString(folder.resolve("part"), String.join("\n", entries) + '\n');
        Files.move(part, folder.resolve("entries"), StandardCopyOption.ATOMIC_MOVE);
    }

    void refuse(boolean refuse) throws IOException {
        if (refuse) {
            Files.createFile(folder.resolve("refuse"));
        } else {
            Files.delete(folder.resolve("refuse"));
        }
    }

    static String cursor(long number) {
        return "s=c1;i=" + Long.toHexString(number) + ";b=b1;m=" + Long.toHexString(number * SECOND) + ";t="
                + Long.toHexString(BEGIN + number * SECOND) + ";x=" + number;
    }
}
