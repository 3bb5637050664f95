package postwarden.producer.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose a state directory is and how its last run ended, in a file beside the checkpoints: the machine, and the generation that was left
 * with everything acknowledged, if one was. Both tell whether anything may have been sent behind the checkpoint: by a run that was killed
 * it may, by one that ended well it was not, and by another machine, of which this directory is a copy, it was not sent from here.
 */
public final class Origin {
    private static final Logger LOG = LoggerFactory.getLogger(Origin.class);
    private static final String FILE = "origin";
    private static final String VERSION = "postwarden-origin 1";
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");
    private static final String HASH = "HmacSHA256";
    private static final int HASH_CHARS = 32;
    private static final int LINES = 3;
    private static final int MOST_BYTES = 1_024;

    private final Path directory;
    private final String machine;
    private final String found;
    private final String drained;

    private Origin(Path directory, String machine, String found, String drained) {
        this.directory = directory;
        this.machine = machine;
        this.found = found;
        this.drained = drained;
    }

    /** Of a directory on this machine; what cannot be read says nothing. */
    public static Origin of(Path directory) {
        return of(directory, MACHINE_ID);
    }

    static Origin of(Path directory, Path machineId) {
        String machine = hashed(text(machineId).strip());
        List<String> lines = text(directory.resolve(FILE)).lines().toList();
        boolean readable = lines.size() == LINES && lines.get(0).equals(VERSION);
        return new Origin(directory, machine, readable ? lines.get(1) : "", readable ? lines.get(2) : "");
    }

    /** Whether another machine's runs wrote what is here; false where either has no name. */
    public boolean isForeign() {
        return !machine.isEmpty() && !found.isEmpty() && !machine.equals(found);
    }

    /** Whether nothing was sent from here behind a generation. */
    public boolean isExact(long generation) {
        return isForeign() || (generation > 0 && drained.equals(String.valueOf(generation)));
    }

    /** Notes that a run of this machine has begun; to be called before anything is sent. A disk that is full stops nothing. */
    public void begin() {
        if (isForeign()) {
            LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .log(
                            "the state directory was another machine's; if that one still runs, both send lines under one name: give this one"
                                    + " a name, a certificate and a state directory of its own");
        }
        try {
            write(0);
        } catch (IOException e) {
            // What it says of an earlier run must not stand when this one has sent more.
            LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .addKeyValue("why", e.getMessage())
                    .log("whose state directory it is cannot be noted");
            delete();
        }
    }

    /**
     * Notes that a run has ended with everything acknowledged.
     *
     * @param generation the last one, which holds it
     * @throws IOException when the disk is full or refuses
     */
    public void drained(long generation) throws IOException {
        write(generation);
    }

    private void write(long generation) throws IOException {
        byte[] text = (VERSION + '\n' + machine + '\n' + generation + '\n').getBytes(StandardCharsets.US_ASCII);
        WholeFile.write(directory.resolve(FILE), directory.resolve(FILE + "-part"), out -> out.write(text));
    }

    private void delete() {
        try {
            Files.deleteIfExists(directory.resolve(FILE));
        } catch (IOException e) {
            LOG.debug("{}: {}", directory, e.getMessage());
        }
    }

    /** At most some bytes of a file; nothing where there is none. */
    private static String text(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return "";
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", e.getMessage())
                    .log("cannot be read");
            return "";
        }
    }

    /** A machine's id is to be kept from others (machine-id(5)), so only a hash of it is. */
    private static String hashed(String id) {
        if (id.isEmpty()) {
            return "";
        }
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(new SecretKeySpec(id.getBytes(StandardCharsets.ISO_8859_1), HASH));
            byte[] hash = mac.doFinal(VERSION.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash).substring(0, HASH_CHARS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HASH, e);
        }
    }
}
