package postwarden.e2e.producer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import postwarden.e2e.Await;
import postwarden.e2e.Child;

/** A file system of a test's own, for what no folder of the machine's disk can be brought to do. Takes the right to mount. */
final class Mount implements AutoCloseable {
    private final Path place;

    private Mount(Path place) {
        this.place = place;
    }

    /** A disk of so many bytes, in memory. */
    static Mount small(Path place, long bytes) throws IOException {
        run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "none", folder(place));
        return new Mount(place);
    }

    /** An ext4 in an image, which is made when it is not there; a journal that is written each second. */
    static Mount image(Path place, Path image) throws IOException {
        if (!Files.exists(image)) {
            run("truncate", "-s", "96M", image.toString());
            run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", image.toString());
        }
        run("mount", "-o", "loop,commit=1", image.toString(), folder(place));
        return new Mount(place);
    }

    /** Shows the files of another folder, a {@code mail.log} among them, as {@link FaultyDisk} does; the process that does it comes into {@code served}. */
    static Mount faulty(Path place, Path shown, List<Child> served)
            throws IOException, ExecutionException, InterruptedException {
        List<String> mounted = List.of(
                "sh",
                "-c",
                "exec 0<>/dev/fuse && mount -t fuse -o ro,fd=0,rootmode=40000,user_id=0,group_id=0,allow_other none \"$0\""
                        + " && exec \"$@\"",
                folder(place));
        Child disk = Child.start(
                shown.resolveSibling(""),
                mounted,
                List.of(),
                "postwarden.e2e.producer.FaultyDisk",
                List.of(shown.toString()),
                "64m");
        served.add(disk);
        Mount mount = new Mount(place);
        Await.until("the disk is there", () -> Files.exists(place.resolve("mail.log")));
        return mount;
    }

    /** A file on it. */
    Path file(String name) {
        return place.resolve(name);
    }

    /**
     * Ends a file system as a power cut does: what was written and not confirmed by the disk is gone, and nothing works any more. It is
     * ext4's own way to be tested (EXT4_IOC_SHUTDOWN without flushing its journal).
     */
    void cutPower() throws IOException {
        run(
                "perl",
                "-e",
                "open(F, '<', $ARGV[0]) or die $!; my $how = pack('L', 2); ioctl(F, 0x8004587D, $how) or die $!",
                place.toString());
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", place.toString());
    }

    private static String folder(Path place) throws IOException {
        return Files.createDirectories(place).toString();
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + said.strip() + " (mounting takes root)");
        }
    }
}
