package postwarden.producer.file;

/**
 * Where the file system keeps a file: stays the same across renames, but is given to another file once the first is deleted, so it is
 * never an identity on its own.
 *
 * @param device number of the file system
 * @param inode number within it
 */
public record FileKey(long device, long inode) {}
