package postwarden.tally;

import java.util.List;

/**
 * How far one host has come, as the intake tells every watch.
 *
 * @param closedThrough last pane that is complete, or {@link Long#MIN_VALUE} when the host has only been announced
 * @param ended whether nothing more will come from it
 * @param roster hosts that the same producer reads for, to be waited for; empty when nothing new is known
 */
public record Progress(String tenant, String host, long closedThrough, boolean ended, List<String> roster) {
    public Progress {
        roster = List.copyOf(roster);
    }
}
