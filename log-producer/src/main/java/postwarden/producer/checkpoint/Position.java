package postwarden.producer.checkpoint;

import postwarden.producer.file.Print;

/**
 * A place in a file where reading can go on.
 *
 * @param offset in bytes, >= 0
 * @param fragment index of the fragment that begins there, 0 at the start of a line
 * @param mark print of the bytes in front of it
 */
public record Position(long offset, int fragment, Print mark) {}
