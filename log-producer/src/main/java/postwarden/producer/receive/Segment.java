package postwarden.producer.receive;

import java.nio.file.Path;

/**
 * One file of a spool. Its name says when it was begun and is never used again, so it is the identity of what is in it.
 *
 * @param path where it stands
 * @param number its place in the order of the spool
 */
public record Segment(Path path, long number) {
    static final String SUFFIX = ".spool";

    /** The file's name. */
    public String name() {
        return String.valueOf(path.getFileName());
    }
}
