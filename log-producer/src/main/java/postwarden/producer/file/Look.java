package postwarden.producer.file;

/**
 * What stood at a path at one moment.
 *
 * @param key where the file system keeps it
 * @param size in bytes, >= 0
 * @param sameBeginning whether the file still begins as it did
 * @param sameMark whether the bytes in front of the position are still those that were read
 */
public record Look(FileKey key, long size, boolean sameBeginning, boolean sameMark) {}
