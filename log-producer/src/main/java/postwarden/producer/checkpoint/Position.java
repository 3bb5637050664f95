package postwarden.producer.checkpoint;

import postwarden.producer.file.Print;

/**
 * A place in a file where reading can go on.
 *
 * @param offset in bytes, >= 0
 * @param fragment index of the fragment that begins there, 0 at the start of a line
 * @param mark print of the bytes in front of it
 * @param place where an input that is no file goes on, in words of its own; empty for a file
 */
public record Position(long offset, int fragment, Print mark, String place) {
    /** A place in a file. */
    public Position(long offset, int fragment, Print mark) {
        this(offset, fragment, mark, "");
    }
}
