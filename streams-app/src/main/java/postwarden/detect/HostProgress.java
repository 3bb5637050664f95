package postwarden.detect;

/**
 * How far a watch knows one host to be.
 *
 * @param closedThrough last complete pane, or {@link Long#MIN_VALUE} when the host was only announced
 * @param ended whether nothing more will come from it
 */
public record HostProgress(long closedThrough, boolean ended) {
    public static final HostProgress ANNOUNCED = new HostProgress(Long.MIN_VALUE, false);
}
