package postwarden.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Tally;

/**
 * What a detector may look at when a pane has closed: the key's numbers up to the end of that pane, never later ones. The
 * tallies belong to the view and are only read.
 */
public interface View {
    Key key();

    /** The host whose numbers these are; empty when all hosts' together. */
    String host();

    /** The pane that has closed. */
    long pane();

    /** The sum of the panes of this length that end with the closed one; at most one hour. */
    Tally window(Duration length);

    /** The same, ending {@code panesAgo} panes earlier. */
    Tally window(Duration length, long panesAgo);

    /** The key's history that is older than an hour; empty for a key that is new. */
    Tally past();

    /**
     * What was counted before the last hour and may be somebody else's ({@link Detector#doubts}, or a finding that was open),
     * from when that began, for a day; empty otherwise.
     */
    Tally doubted();

    /** What is usual in a minute, learned while nothing was wrong; {@link Baseline#NONE} for a count that is not learned. */
    Baseline baseline(Count count);

    /** Start of the first pane within {@code length} that counted anything of {@code count}. */
    Optional<Instant> firstWithin(Duration length, Count count);

    /** The hosts that contributed to the key within {@code length}, sorted. */
    Set<String> hosts(Duration length);

    /** How bad what this detector has found and goes on was when it was last seen; empty when nothing goes on. */
    Optional<Severity> found(String detector);

    /** What is remembered of that, where it is {@linkplain Finding#about about} this; empty when nothing about it goes on. */
    Optional<OpenFinding> found(String detector, String about);
}
