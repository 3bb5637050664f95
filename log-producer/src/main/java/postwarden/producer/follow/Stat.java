package postwarden.producer.follow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import postwarden.producer.file.Family;
import postwarden.producer.file.FileKey;

/**
 * One look at a path.
 *
 * @param path the path, absolute
 * @param key where the file system keeps what stands there
 * @param place the same, as Java compares it
 * @param size in bytes
 * @param modifiedMillis last change, milliseconds since the epoch
 * @param bornMillis when it was made, milliseconds since the epoch; {@link #BORN_LONG_AGO} where that is not known
 * @param regular whether it is a regular file
 * @param single whether no other name leads to it
 * @param links whether a link was followed; else a link is what stands there, and no regular file
 */
record Stat(
        Path path,
        FileKey key,
        Object place,
        long size,
        long modifiedMillis,
        long bornMillis,
        boolean regular,
        boolean single,
        boolean links) {
    /** When a file was made that does not say so. */
    static final long BORN_LONG_AGO = Long.MIN_VALUE;

    private static final LinkOption[] FOLLOWED = {};
    private static final LinkOption[] NOT_FOLLOWED = {LinkOption.NOFOLLOW_LINKS};

    /**
     * Looks at a path without opening what stands there, so a pipe or a device does no harm.
     *
     * @param links whether a link is followed
     * @throws IOException when nothing stands there or it cannot be seen
     */
    static Stat of(Path path, boolean links) throws IOException {
        return of(path, links, Optional.empty());
    }

    /**
     * Looks at a path again. Where nothing has changed this is the earlier look itself: of ten thousand files, looked at every few
     * seconds, second copies are megabytes, and so is what the answer with device and number of links is made of. So a name that
     * was added or removed since is seen when the file has grown or was touched.
     *
     * @param earlier the last look at the path, by the same rule for links
     * @throws IOException when nothing stands there or it cannot be seen
     */
    static Stat of(Path path, boolean links, Optional<Stat> earlier) throws IOException {
        if (earlier.filter(stat -> stat.path.equals(path)).isEmpty()) {
            return whole(path, links);
        }
        Stat before = earlier.get();
        BasicFileAttributes now = basic(path, links);
        if (!before.place.equals(now.fileKey())) {
            return whole(path, links);
        }
        boolean same = before.size == now.size()
                && before.modifiedMillis == now.lastModifiedTime().toMillis()
                && before.bornMillis == born(now.creationTime().toMillis(), before.modifiedMillis);
        return same ? before : whole(path, links).after(before);
    }

    private static Stat whole(Path path, boolean links) throws IOException {
        Map<String, Object> all = Files.readAttributes(
                path, "unix:dev,ino,nlink,size,lastModifiedTime,creationTime,isRegularFile,fileKey", options(links));
        long modified = millis(all, "lastModifiedTime");
        return new Stat(
                path,
                new FileKey(number(all, "dev"), number(all, "ino")),
                Objects.requireNonNull(all.get("fileKey")),
                number(all, "size"),
                modified,
                born(millis(all, "creationTime"), modified),
                Boolean.TRUE.equals(all.get("isRegularFile")),
                number(all, "nlink") == 1,
                links);
    }

    /** Java says the last change where the file system does not know. */
    private static long born(long created, long modified) {
        return created < modified ? created : BORN_LONG_AGO;
    }

    /** This look, in the words of an earlier one where both say the same. */
    Stat after(Stat earlier) {
        if (equals(earlier)) {
            return earlier;
        }
        return path.equals(earlier.path) && key.equals(earlier.key)
                ? new Stat(
                        earlier.path,
                        earlier.key,
                        earlier.place,
                        size,
                        modifiedMillis,
                        bornMillis,
                        regular,
                        single,
                        links)
                : this;
    }

    /** Whether another file was looked at before, whose number this one got: it was made after that was changed last. */
    boolean isYoungerThan(Stat before) {
        return bornMillis > before.modifiedMillis
                || (bornMillis == BORN_LONG_AGO && before.bornMillis != BORN_LONG_AGO);
    }

    /** Whether what was looked at still stands at its path. */
    boolean isStillThere() throws IOException {
        return place.equals(basic(path, links).fileKey());
    }

    private static BasicFileAttributes basic(Path path, boolean links) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, options(links));
    }

    private static LinkOption[] options(boolean links) {
        return links ? FOLLOWED : NOT_FOLLOWED;
    }

    private static long millis(Map<String, Object> all, String name) {
        return ((FileTime) Objects.requireNonNull(all.get(name))).toMillis();
    }

    private static long number(Map<String, Object> all, String name) {
        return ((Number) Objects.requireNonNull(all.get(name))).longValue();
    }

    /** Folder and family name of the path. */
    String family() {
        String name = name();
        String family = Family.of(name);
        String text = path.toString();
        return family.equals(name) ? text : text.substring(0, text.length() - name.length()) + family;
    }

    /** Whether its name is one that rotation gives. */
    boolean isRotated() {
        return !Family.of(name()).equals(name());
    }

    /** By the text, because a path that was asked for its names keeps where each of them begins. */
    String name() {
        String text = path.toString();
        return text.substring(text.lastIndexOf('/') + 1);
    }
}
