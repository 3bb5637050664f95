package postwarden.tally;

import java.util.List;

/**
 * How far one host has come, as the intake tells every watch.
 *
 * @param closedThrough last pane that is complete, or {@link Long#MIN_VALUE} when the host has only been announced
 * @param ended whether nothing more will come from it
 * @param roster hosts that the same producer reads for, to be waited for; empty when nothing new is known
 * @param word the producer's last word about the host; {@link Word#NONE} when there was none since
 */
public record Progress(String tenant, String host, long closedThrough, boolean ended, List<String> roster, Word word) {
    public Progress {
        roster = List.copyOf(roster);
    }

    /** Without a word of the producer. */
    public Progress(String tenant, String host, long closedThrough, boolean ended, List<String> roster) {
        this(tenant, host, closedThrough, ended, roster, Word.NONE);
    }
}
