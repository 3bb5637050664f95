package postwarden.stream;

import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The memory outside of Java's heap that all stores of a service share: one cache, to which what is not yet written is charged
 * too.
 *
 * <p>The limit is not strict: with RocksDB's strict limit a full cache fails the read or the flush that needs a block, and
 * with it the stream thread, again after each restart. As it is, blocks that are being read at that moment may go over it.
 */
final class RocksMemory implements AutoCloseable {
    /** The setting under which Kafka Streams hands this to {@link RocksSettings}. */
    static final String KEY = "postwarden.rocks.memory";

    private static final long MIB = 1 << 20;
    /** RocksDB's own choice by the cache's size. */
    private static final int STANDARD_SHARDS = -1;
    /** Of the cache, kept for indexes and filters: a read that misses them goes to the disk twice. */
    private static final double INDEX_SHARE = 0.3;

    private final RocksParams params;
    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private boolean closed;

    RocksMemory(RocksParams params) {
        RocksDB.loadLibrary();
        this.params = params;
        cache = new LRUCache(params.memoryMib() * MIB, STANDARD_SHARDS, false, INDEX_SHARE);
        writeBuffers = new WriteBufferManager(params.writeBufferMib() * MIB, cache);
    }

    /** Makes Kafka Streams' stores use this memory. */
    void into(Properties properties) {
        properties.put(KEY, this);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSettings.class);
    }

    RocksParams params() {
        return params;
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    /** Bytes in use; none when it is closed, because the library would ask memory that is no longer its own. */
    synchronized long used() {
        return closed ? 0 : cache.getUsage();
    }

    /** Bytes that it aims to stay within. */
    long limit() {
        return params.memoryMib() * MIB;
    }

    /** To be called when every store is closed. */
    @Override
    public synchronized void close() {
        closed = true;
        writeBuffers.close();
        cache.close();
    }
}
