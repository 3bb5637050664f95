package postwarden.replay;

/**
 * What a host says in one partition of the range.
 *
 * @param last offset of its last record; of the record that announced it when it has none
 * @param lines how many lines it wrote, >= 0
 * @param records how many records are its own, >= 0; none when it was only announced
 * @param firstMillis time of its first line or heartbeat, in milliseconds since 1970; {@link #NO_TIME} without one
 * @param newestMillis how far its clock came
 * @param watchedMillis how long it was watched: what its clock advanced, steps beyond the leap that is allowed cut to it
 */
public record HostPart(
        int partition,
        String tenant,
        String host,
        long last,
        long lines,
        long records,
        long firstMillis,
        long newestMillis,
        long watchedMillis) {
    public static final long NO_TIME = Long.MIN_VALUE;
}
