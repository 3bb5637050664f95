package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is quiet in a partition, and who only seems to be; everybody beats every ten seconds, and so often it is looked around. */
class EarTest {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private final Ear ear = new Ear();
    private final List<String> told = new ArrayList<>();
    private long now = 1_000_000;

    @Test
    void a_host_that_stops_is_quiet_once_the_others_have_gone_on_for_as_long_as_makes_it_silence() {
        // Given
        minutes(5, "mx1", "mx2");

        // When
        minutes(2.5, "mx2");
        List<String> before = List.copyOf(told);
        minutes(5, "mx2");

        // Then
        assertThat(before).isEmpty();
        assertThat(told).containsExactly("mx1 quiet since 1300000");
    }

    @Test
    void one_that_speaks_again_can_become_quiet_again() {
        minutes(1, "mx1", "mx2");
        minutes(5, "mx2");
        minutes(1, "mx1", "mx2");
        minutes(5, "mx2");

        assertThat(told).containsExactly("mx1 quiet since 1060000", "mx1 quiet since 1420000");
    }

    @Test
    void nobody_is_quiet_after_an_outage_in_which_nobody_could_be_heard() {
        // Given
        minutes(5, "mx1", "mx2", "mx3");

        // When: nothing for an hour and no look around either, then one host before the others
        now += Duration.ofHours(1).toMillis();
        minutes(2, "mx1");
        minutes(1, "mx1", "mx2", "mx3");

        // Then
        assertThat(told).isEmpty();
    }

    @Test
    void a_backlog_makes_nobody_quiet() {
        // When: three hours in the time of one look
        for (int beat = 0; beat < 1080; beat++) {
            now += 10_000;
            beat("mx1");
            beat("mx2");
        }
        look();

        // Then
        assertThat(told).isEmpty();
    }

    @Test
    void where_nothing_comes_at_all_everybody_is_quiet_and_no_longer_when_something_comes() {
        // Given
        minutes(1, "mx1", "mx2");

        // When: four looks around until it is known that nothing comes, and the silence
        minutes(3.3);
        List<String> before = List.copyOf(told);
        minutes(1);
        List<String> quiet = List.copyOf(told);
        minutes(0.2, "mx1");

        // Then
        assertThat(before).isEmpty();
        assertThat(quiet).containsExactly("mx1 quiet since 1060000", "mx2 quiet since 1060000");
        assertThat(told)
                .containsExactly(
                        "mx1 quiet since 1060000", "mx2 quiet since 1060000", "mx2 no longer quiet since 1060000");
    }

    @Test
    void heartbeats_that_slip_past_a_look_change_nothing() {
        // Given
        minutes(1, "mx1", "mx2");

        // When: of three looks around one sees nothing
        for (int i = 0; i < 30; i++) {
            now += 10_000;
            if (i % 3 != 0) {
                beat("mx2");
            }
            look();
        }

        // Then
        assertThat(told).containsExactly("mx1 quiet since 1060000");
    }

    @Test
    void who_has_ended_is_not_quiet() {
        // Given
        minutes(1, "mx1", "mx2");
        ear.word(new Progress("default", "mx1", 7, true, List.of(), new Word("agent", now, false)));

        // When
        minutes(10, "mx2");

        // Then
        assertThat(told).isEmpty();
    }

    private void minutes(double minutes, String... hosts) {
        for (int i = 0; i < minutes * 6; i++) {
            now += 10_000;
            for (String host : hosts) {
                beat(host);
            }
            look();
        }
    }

    private void beat(String host) {
        ear.record(now);
        ear.word(new Progress("default", host, 7, false, List.of(), new Word("agent", now, false)));
    }

    private void look() {
        for (Progress progress : ear.look(LOOK, SILENCE)) {
            told.add(progress.host() + (progress.word().quiet() ? " quiet" : " no longer quiet") + " since "
                    + progress.word().heard());
        }
    }
}
