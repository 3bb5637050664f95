package postwarden.config;

import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Reader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import postwarden.tally.Systems;

/** Reads an operator's file of autonomous systems, every row of it once, so that a damaged one is refused at start. */
final class AsnFile {
    /** Bytes of a file that is held in memory whole; those of autonomous systems have ten million. */
    private static final long MOST_BYTES = 256L << 20;

    /**
     * What a file says.
     *
     * @param systems to ask
     * @param edition type and day of the file: two files may give two verdicts
     */
    record Read(Systems systems, String edition) {}

    private AsnFile() {}

    /** @throws ConfigRefused naming the file and what is wrong with it */
    static Read load(String name) throws ConfigRefused {
        try {
            Path path = Path.of(name);
            check(name, path);
            // In memory: a file that is replaced in place must not change what was mapped.
            Reader reader = new Reader(path.toFile(), Reader.FileMode.MEMORY);
            check(name, reader);
            String edition = reader.getMetadata().databaseType() + " of "
                    + reader.getMetadata().buildTime();
            return new Read(new AsnDatabase(reader), edition);
        } catch (NoSuchFileException missing) {
            throw new ConfigRefused(name, List.of("there is no such file"));
        } catch (InvalidDatabaseException damaged) {
            throw new ConfigRefused(name, List.of("it is no sound MaxMind DB file: " + damaged.getMessage()));
        } catch (IOException | InvalidPathException unreadable) {
            throw new ConfigRefused(name, List.of("it cannot be read: " + unreadable));
        }
    }

    private static void check(String name, Path path) throws IOException, ConfigRefused {
        File file = path.toFile();
        if (file.isDirectory()) {
            throw new ConfigRefused(name, List.of("it is a directory"));
        }
        if (Files.size(path) > MOST_BYTES) {
            throw new ConfigRefused(name, List.of("it has more than " + MOST_BYTES + " bytes"));
        }
    }

    /** Reads every row; the reader tells what it cannot read by exceptions of several kinds, some of them unchecked. */
    @SuppressWarnings("rawtypes") // the reader wants the class of a map, which has no parameters
    private static void check(String name, Reader reader) throws IOException, ConfigRefused {
        long systems = 0;
        try {
            Iterator<DatabaseRecord<Map>> rows = reader.networks(Map.class);
            while (rows.hasNext()) {
                systems += AsnDatabase.name(rows.next().data()).isEmpty() ? 0 : 1;
            }
        } catch (InvalidNetworkException | RuntimeException damaged) {
            throw new ConfigRefused(name, List.of("it is no sound MaxMind DB file: " + damaged));
        }
        if (systems == 0) {
            throw new ConfigRefused(
                    name,
                    List.of("it is a " + reader.getMetadata().databaseType()
                            + " and has no autonomous systems (autonomous_system_number or asn)"));
        }
    }
}
