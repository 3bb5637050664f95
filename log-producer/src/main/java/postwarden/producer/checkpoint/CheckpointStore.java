package postwarden.producer.checkpoint;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.file.Digest;

/**
 * Checkpoints on disk: {@value #KEPT} generations, each a file of its own that appears under its name only when it is whole and on
 * the disk. A generation is a version line, one JSON object a file, one more with {@link Checkpoint#unfinished} if there is any, and a
 * last line with the count and the CRC-32 of all before it; one that is torn or damaged is passed over for the one before it, which is
 * what an agent from before there was a line more does with one that has it.
 */
public final class CheckpointStore {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
    private static final String PREFIX = "checkpoint.";
    private static final String VERSION = "postwarden-checkpoint 1";
    private static final int KEPT = 3;
    private static final int BUFFER = 65_536;

    private final Path directory;
    private final ObjectMapper json = new ObjectMapper().addMixIn(Digest.class, Text.class);
    private long generation;
    private boolean empty = true;
    private long whole;
    private Loaded loaded = new Loaded(0, 0);

    /**
     * What was found at the start.
     *
     * @param generation the number of the one that is used; 0 for none
     * @param damaged how many younger ones could not be read, since they are torn, damaged or refused by the disk
     */
    public record Loaded(long generation, int damaged) {}

    /** The line that is no file's. */
    private record More(Map<String, Long> unfinished) {
        static final String BEGINNING = "{\"unfinished\":";

        More {
            unfinished = Map.copyOf(unfinished);
        }
    }

    /** What is written as its text, and read by {@code valueOf}. */
    private interface Text {
        @Override
        @JsonValue
        String toString();
    }

    /** Checkpoints in a directory that exists. */
    public CheckpointStore(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads the newest whole generation; nothing when there is none.
     *
     * @throws IOException when the directory cannot be listed
     */
    public Checkpoint load() throws IOException {
        List<Path> all = generations();
        empty = all.isEmpty();
        generation = empty ? 0 : number(all.get(0));
        for (int damaged = 0; damaged < all.size(); damaged++) {
            Optional<Checkpoint> read = read(all.get(damaged));
            if (read.isPresent()) {
                whole = number(all.get(damaged));
                say(new Loaded(whole, damaged));
                return read.get();
            }
        }
        say(new Loaded(0, all.size()));
        return Checkpoint.NOTHING;
    }

    private void say(Loaded now) {
        loaded = now;
        if (now.damaged() > 0 && now.generation() > 0) {
            LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .addKeyValue("used", now.generation())
                    .addKeyValue("damaged", now.damaged())
                    .log("the newest checkpoints cannot be read; what was sent since an older one is sent again");
        } else if (now.damaged() > 0) {
            LOG.atError()
                    .addKeyValue("directory", directory)
                    .addKeyValue("damaged", now.damaged())
                    .log(
                            "no checkpoint can be read; every log is read again from its first byte, and so is what was rotated away since checkpoint.forget-after before the last one was written");
        }
    }

    /** What the last {@link #load} found. */
    public Loaded loaded() {
        return loaded;
    }

    /**
     * Since when files were changed that the last run may have known, though nothing that it left can be read.
     *
     * @param forgetAfter how long it remembered files that had vanished
     * @return in milliseconds since the epoch; {@link Registry#NOTHING_LOST} where something was read, or nothing was there
     * @throws IOException when the directory cannot be listed
     */
    public long lostSince(Duration forgetAfter) throws IOException {
        return loaded.generation() > 0 || loaded.damaged() == 0
                ? Registry.NOTHING_LOST
                : lastWritten(directory)
                        .map(written -> written.minus(forgetAfter).toEpochMilli())
                        .orElse(Registry.NOTHING_LOST);
    }

    /** Whether there was nothing at all to be loaded: no run has been before, rather than that what it left is damaged. */
    public boolean isEmpty() {
        return empty;
    }

    /** The number of the generation that was read or written last; 0 for none. */
    public long generation() {
        return whole;
    }

    /**
     * When the newest generation in a directory was written, whole or not; empty when there is none.
     *
     * @throws IOException when the directory cannot be listed
     */
    public static Optional<Instant> lastWritten(Path directory) throws IOException {
        List<Path> all = new CheckpointStore(directory).generations();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(Files.getLastModifiedTime(all.get(0)).toInstant());
    }

    /**
     * Writes one generation and removes old ones. When it fails, the generations before it are untouched.
     *
     * @throws IOException when the disk is full or refuses
     */
    public void save(Checkpoint checkpoint) throws IOException {
        generation++;
        Path part = directory.resolve("checkpoint-part");
        WholeFile.write(directory.resolve(PREFIX + generation), part, out -> write(checkpoint, out));
        whole = generation;
        List<Path> all = generations();
        for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Files.deleteIfExists(old);
        }
    }

    private List<Path> generations() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : all) {
                if (number(file) > 0) {
                    files.add(file);
                }
            }
        }
        files.sort(Comparator.comparingLong(CheckpointStore::number).reversed());
        return files;
    }

    private static long number(Path file) {
        String digits = file.toString();
        digits = digits.substring(digits.lastIndexOf('.') + 1);
        boolean number =
                !digits.isEmpty() && digits.length() < 19 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(digits) : 0;
    }

    /** One state after the other: of ten thousand files the whole text would be a tenth of the agent's memory, several times. */
    private void write(Checkpoint checkpoint, OutputStream to) throws IOException {
        CheckedOutputStream out = new CheckedOutputStream(new BufferedOutputStream(to, BUFFER), new CRC32());
        out.write(bytes(VERSION));
        for (FileState state : checkpoint.files()) {
            out.write(bytes(json.writeValueAsString(state)));
        }
        int more = checkpoint.unfinished().isEmpty() ? 0 : 1;
        if (more > 0) {
            out.write(bytes(json.writeValueAsString(new More(checkpoint.unfinished()))));
        }
        out.write(bytes(last(checkpoint.files().size() + more, out.getChecksum().getValue())));
        out.flush();
    }

    private static byte[] bytes(String line) {
        return (line + '\n').getBytes(StandardCharsets.UTF_8);
    }

    private static String last(int count, long checksum) {
        return "end " + count + ' ' + Long.toHexString(checksum);
    }

    private static String last(int count, String before) {
        CRC32 crc = new CRC32();
        crc.update(before.getBytes(StandardCharsets.UTF_8));
        return last(count, crc.getValue());
    }

    private Optional<Checkpoint> read(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            String[] lines = text.split("\n", -1);
            int count = lines.length - 3;
            int end = text.lastIndexOf('\n', text.length() - 2) + 1;
            if (count < 0
                    || !lines[0].equals(VERSION)
                    || !text.substring(end).equals(last(count, text.substring(0, end)) + '\n')) {
                LOG.atWarn().addKeyValue("file", file).log("a checkpoint is torn or damaged; passing over it");
                return Optional.empty();
            }
            List<FileState> states = new ArrayList<>();
            Map<String, Long> unfinished = Map.of();
            for (int i = 1; i <= count; i++) {
                if (lines[i].startsWith(More.BEGINNING)) {
                    unfinished = read(lines[i], More.class).unfinished();
                } else {
                    states.add(read(lines[i], FileState.class));
                }
            }
            return Optional.of(new Checkpoint(states, unfinished));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", e.getMessage())
                    .log("a checkpoint cannot be read; passing over it");
            return Optional.empty();
        }
    }

    private <T> T read(String line, Class<T> type) throws IOException {
        return Optional.ofNullable(json.readValue(line, type)).orElseThrow(() -> new IOException("a line says null"));
    }
}
