package postwarden.producer.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose a state directory is and how its last run ended, in a file beside the checkpoints: the machine, the generation that was left with
 * everything acknowledged, if one was, and the files of which runs before that may have sent more. So it is known whether anything may
 * have been sent behind the checkpoint: by a run that was killed it may, by one that ended well it was not, and by another machine, of
 * which this directory is a copy, it was not sent from here.
 */
public final class Origin {
    private static final Logger LOG = LoggerFactory.getLogger(Origin.class);
    private static final String FILE = "origin";
    private static final String VERSION = "postwarden-origin 1";
    private static final String END = "end";
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");
    private static final String HASH = "HmacSHA256";
    private static final int HASH_CHARS = 32;
    private static final int HEAD = 3;
    /** Ten thousand files, each of which may be one. */
    private static final int MOST_BYTES = 1 << 20;

    private final Path directory;
    private final String machine;
    private final String found;
    private final String drained;
    private final Set<String> inexact;

    private Origin(Path directory, String machine, String found, String drained, Set<String> inexact) {
        this.directory = directory;
        this.machine = machine;
        this.found = found;
        this.drained = drained;
        this.inexact = inexact;
    }

    /** Of a directory on this machine; what cannot be read says nothing. */
    public static Origin of(Path directory) {
        return of(directory, MACHINE_ID);
    }

    static Origin of(Path directory, Path machineId) {
        String machine = hashed(text(machineId).strip());
        List<String> lines = text(directory.resolve(FILE)).lines().toList();
        boolean readable = lines.size() > HEAD
                && lines.get(0).equals(VERSION)
                && lines.get(lines.size() - 1).equals(END);
        return readable
                ? new Origin(
                        directory,
                        machine,
                        lines.get(1),
                        lines.get(2),
                        Set.copyOf(lines.subList(HEAD, lines.size() - 1)))
                : new Origin(directory, machine, "", "", Set.of());
    }

    /** Whether another machine's runs wrote what is here; false where either has no name. */
    public boolean isForeign() {
        return !machine.isEmpty() && !found.isEmpty() && !machine.equals(found);
    }

    /** Of which files, by their identities, nothing was sent from here behind a generation. */
    public Predicate<String> exact(long generation) {
        boolean endedWell = generation > 0 && drained.equals(String.valueOf(generation));
        return id -> isForeign() || (endedWell && !inexact.contains(id));
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
            write(0, Set.of());
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
     * @param but identities of the files of which runs before this one may have sent more
     * @throws IOException when the disk is full or refuses
     */
    public void drained(long generation, Set<String> but) throws IOException {
        write(generation, but);
    }

    private void write(long generation, Set<String> but) throws IOException {
        List<String> lines = new ArrayList<>(List.of(VERSION, machine, String.valueOf(generation)));
        lines.addAll(but);
        lines.add(END);
        byte[] text = (String.join("\n", lines) + '\n').getBytes(StandardCharsets.US_ASCII);
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
