package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to a log and to its agent, in any order, against a list of the lines that were written.
 *
 * <p>A build tries the same seeds every time. {@code -Dpostwarden.tailing.random=20000} tries as many others, and
 * {@code -Dpostwarden.tailing.seed=N} tries one again; a failure names its seed and everything that happened.
 */
class TailingModelTest {
    private static final int SEEDS = 200;
    private static final int STARVED_SEEDS = 60;
    private static final int CRAMPED_SEEDS = 60;
    /** Half a line that was rotated, and packed between two crashes, was taken for history. */
    private static final long ONCE_LOST = -8425039297089325517L;
    /** A copy that ends before what was read was packed, and got the inode that the log had had; it was taken for a new content. */
    private static final long ONCE_TWICE = -4094505819881714063L;
    /** Half a line that was rotated away and packed: the next log got its inode, began alike, and was taken for it. */
    private static final long ONCE_ANOTHER = -1908169738976020104L;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void no_line_is_lost_invented_or_sent_under_two_identities_and_only_a_crash_repeats_one() {
        assertThat(seeds(SEEDS)).allSatisfy(seed -> assertThat(faults(seed)).isEmpty());
    }

    @Test
    void the_same_holds_for_an_agent_that_has_one_descriptor_for_two_logs() {
        assertThat(seeds(STARVED_SEEDS))
                .allSatisfy(seed -> assertThat(starvedFaults(seed)).isEmpty());
    }

    @Test
    void the_same_holds_for_an_agent_whose_lines_find_no_room_now_and_then() {
        assertThat(seeds(CRAMPED_SEEDS))
                .allSatisfy(seed -> assertThat(crampedFaults(seed)).isEmpty());
    }

    private static LongStream seeds(int count) {
        Long one = Long.getLong("postwarden.tailing.seed");
        Integer others = Integer.getInteger("postwarden.tailing.random");
        if (one != null) {
            return LongStream.of(one);
        }
        return others == null
                ? LongStream.concat(LongStream.range(0, count), LongStream.of(ONCE_LOST, ONCE_TWICE, ONCE_ANOTHER))
                : new Random().longs(others);
    }

    /** What was wrong with what was sent, with the story that led to it; empty when nothing was. */
    private String faults(long seed) throws IOException {
        return new TailingWorld(folder.resolve("world" + seed), seed, false, false).live();
    }

    private String starvedFaults(long seed) throws IOException {
        return new TailingWorld(folder.resolve("starved" + seed), seed, true, false).live();
    }

    private String crampedFaults(long seed) throws IOException {
        return new TailingWorld(folder.resolve("cramped" + seed), seed, seed % 4 == 0, true).live();
    }
}
