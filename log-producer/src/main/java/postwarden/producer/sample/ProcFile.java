package postwarden.producer.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/** Small texts that the kernel makes when they are read (proc(5)). */
final class ProcFile {
    /** The largest, diskstats, has some 100 bytes a device; what stands behind is not read. */
    private static final int MOST_BYTES = 1 << 20;

    private ProcFile() {}

    static List<String> lines(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
        }
    }

    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(line);
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words;
    }

    /** Numbers by the word in front of them, as in meminfo and vmstat: {@code MemTotal: 24684084 kB} gives MemTotal. */
    static Map<String, Long> named(Path file) throws IOException {
        Map<String, Long> numbers = new HashMap<>();
        for (String line : lines(file)) {
            List<String> words = words(line);
            if (words.size() > 1) {
                String name = words.get(0);
                String bare = name.endsWith(":") ? name.substring(0, name.length() - 1) : name;
                number(words.get(1)).ifPresent(value -> numbers.put(bare, value));
            }
        }
        return numbers;
    }

    /** A decimal number; empty when it is none or too large. */
    static Optional<Long> number(String word) {
        try {
            return Optional.of(Long.parseLong(word));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
