package postwarden.stream;

/**
 * How much memory the state stores may take outside of Java's heap, all stores of the process together. Without it each store
 * takes its own: up to 98 MB in Kafka Streams, and there are three to five stores a task.
 *
 * @param memoryMib blocks, indexes, filters and what is not yet written, in MiB, 16 to 65,536; default 256: the hot blocks of
 *     the busiest million keys at 55 to 70 bytes each, and the indexes and filters of many more
 * @param writeBufferMib the part of it that holds what is not yet written, in MiB, 4 to {@code memoryMib / 2}; default 64:
 *     larger saves compactions, smaller leaves more room for reads
 * @param bloomBits bits a key of the filters that spare a read for a key that is not there, 4 to 20; default 10: one such
 *     read in a hundred goes to the disk all the same; most keys of an attack are new
 * @param blockKib what is read at once, in KiB, 4 to 64; default 8: values are tens to hundreds of bytes and keys come in no
 *     order, so that a larger block mostly reads what is not asked for, and a smaller one doubles the index
 * @param backgroundThreads threads of the process that flush and compact, 1 to 16; default 2: they must not take the core
 *     from the stream threads
 */
public record RocksParams(int memoryMib, int writeBufferMib, int bloomBits, int blockKib, int backgroundThreads) {
    public static final RocksParams STANDARD = new RocksParams(256, 64, 10, 8, 2);

    public RocksParams {
        check("stores.memory-mib", memoryMib, 16, 65_536);
        check("stores.write-buffer-mib", writeBufferMib, 4, memoryMib / 2);
        check("stores.bloom-bits", bloomBits, 4, 20);
        check("stores.block-kib", blockKib, 4, 64);
        check("stores.background-threads", backgroundThreads, 1, 16);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
