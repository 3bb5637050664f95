package postwarden.producer.sample;

import java.util.Map;

/**
 * When each session was first seen, which tells how long it has lasted at least: the kernel's table does not say it.
 *
 * @param nanos by the socket's inode
 */
record FirstSeen(Map<Long, Long> nanos) {
    /** Sessions remembered, at some 100 bytes each two megabytes; of more, the later ones count as new. */
    static final int MOST = 20_000;

    static final FirstSeen NONE = new FirstSeen(Map.of());
}
