package postwarden.stream;

/**
 * Settings of the topology itself.
 *
 * @param partitions partitions of the internal topics, 1 to 1000; default 4: the most instances that can share the watches.
 *     Changing it needs an application reset
 * @param heapMib MiB on the heap for values of its stores that a task has not changed for a while, 1 to 4096; default 64:
 *     with four watches and six partitions of lines at most a third of a heap of 2 GiB, and 60,000 keys of each watch
 * @param journalCommits commits of which a task's journal keeps the changes before each is written to its own store, 1 to
 *     1000; default 64, some 13 s: most messages and sessions begin and end within that
 * @param journalMib MiB on the heap that a task's journal may take, 1 to 1024; default 16: reached only while a backlog is
 *     read at full speed, and then it keeps fewer commits
 * @param busyCommits commits between two changes of a value, at most, for it to stay an object on the heap after a commit, 0 to
 *     1000; default 4, some 0.8 s: others wait as the journal's bytes, because an object that waits is copied by the collector,
 *     and making it again costs less
 * @param query of questions to the stores
 */
public record StreamParams(
        int partitions, int heapMib, int journalCommits, int journalMib, int busyCommits, QueryParams query) {
    public static final StreamParams STANDARD = new StreamParams(4, 64, 64, 16, 4, QueryParams.STANDARD);

    /** With the standard for the rest. */
    public StreamParams(int partitions, int heapMib, int journalCommits, int journalMib) {
        this(partitions, heapMib, journalCommits, journalMib, STANDARD.busyCommits, STANDARD.query);
    }

    public StreamParams {
        check("stream.partitions", partitions, 1, 1000);
        check("stream.heap-mib", heapMib, 1, 4096);
        check("stream.journal-commits", journalCommits, 1, 1000);
        check("stream.journal-mib", journalMib, 1, 1024);
        check("stream.busy-commits", busyCommits, 0, 1000);
    }

    /** What a task's journal and memories keep on the heap. */
    Journal.Bounds bounds() {
        return new Journal.Bounds(journalCommits, (long) journalMib << 20, (long) heapMib << 20, busyCommits);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
