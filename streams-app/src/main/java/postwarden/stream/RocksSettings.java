package postwarden.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Options;

/** Makes each store use the service's {@link RocksMemory}. Kafka Streams makes one of these for each store. */
public final class RocksSettings implements RocksDBConfigSetter {
    private static final int KIB = 1 << 10;
    /** Bytes in one store's buffer, where Kafka's 16 MiB in a thousand stores fill any limit with half-empty buffers. */
    private static final int WRITE_BUFFER = 4 << 20;
    /**
     * Bytes that a buffer takes at its first entry and then each time that they are used up, where RocksDB's choice is an
     * eighth of the buffer: the first entries of a hundred stores would be over the limit of all buffers, and from then on
     * each write would be a flush.
     */
    private static final int ARENA_BLOCK = 16 << 10;
    /** One that is filled and one that is written. */
    private static final int WRITE_BUFFERS = 2;

    private final Map<String, BloomFilter> filters = new ConcurrentHashMap<>();

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        if (!(configs.get(RocksMemory.KEY) instanceof RocksMemory memory)) {
            throw new IllegalStateException("the stores' shared memory is not set as " + RocksMemory.KEY);
        }
        RocksParams params = memory.params();
        BloomFilter filter = new BloomFilter(params.bloomBits());
        filters.put(store, filter);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        // The store closes the cache of its own that this takes the place of.
        table.setBlockCache(memory.cache());
        table.setBlockSize((long) params.blockKib() * KIB);
        table.setFilterPolicy(filter);
        table.setWholeKeyFiltering(true);
        // Charged to the cache, or they would be outside of any limit.
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setWriteBufferSize(WRITE_BUFFER);
        options.setArenaBlockSize(ARENA_BLOCK);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
        // RocksDB has one pool for the process, so that this is the same number each time.
        options.setIncreaseParallelism(params.backgroundThreads());
    }

    @Override
    public void close(String store, Options options) {
        BloomFilter filter = filters.remove(store);
        if (filter != null) {
            filter.close();
        }
    }
}
