package postwarden.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Await;
import postwarden.e2e.Recordings;
import postwarden.e2e.ServiceProcess;

/** Instances that are killed, stopped and started while they work. */
@ExtendWith(FaultTable.class)
@Timeout(900)
class KillsTest {
    private static final String WITH_COPIES = "service.standby-replicas = 1\n";
    /** What the service has if nobody says otherwise; the other tests wait less. */
    private static final String STANDARD_PATIENCE = "kafka.transaction.timeout.ms = 10100\n";
    /** What lies behind the point of a kill: enough that the service is at work when it dies. */
    private static final int AHEAD = 3_000;

    private static final int TEN = 10;
    /** A few lines behind a kill: what is measured is who reads them, and not how fast. */
    private static final int FEW = 200;
    /** What a standby may take: the session's end, and to become the one that works. */
    private static final long TAKE_OVER_SECONDS = 10;

    private static final long STAND_STILL_SECONDS = 66;

    @TempDir
    private Path folder = Path.of("");

    @Test
    @Tag("faults")
    void ten_kills_at_random_points_do_not_show(Row row) throws IOException, ExecutionException, InterruptedException {
        try (Rig rig = Rig.of(folder, row, Recordings.unpack(folder))) {
            // Given
            ServiceProcess service = rig.start("one", "");
            int part = (rig.belt().size() - AHEAD) / TEN;
            Random lot = rig.lot();
            long settled = 0;

            // When
            for (int kill = 0; kill < TEN; kill++) {
                rig.killAt(kill * part + lot.nextInt(part) + 1, AHEAD, service);
                settled = kill == TEN - 1 ? rig.settled() : settled;
                service.startAgain();
            }
            rig.finish(service);

            // Then
            rig.assertSameAlerts();
            rig.assertConserved(settled, service.stop());
        }
    }

    @Test
    void a_standby_takes_over_from_a_killed_and_from_a_stopped_instance(Row row)
            throws IOException, ExecutionException, InterruptedException {
        try (Rig rig = Rig.of(folder, row, someRecordings())) {
            // Given
            ServiceProcess one = rig.start("one", WITH_COPIES + STANDARD_PATIENCE);
            rig.workUpTo(2_000, 500, one);
            ServiceProcess two = rig.start("two", WITH_COPIES + STANDARD_PATIENCE);
            Await.until("the standby is there", two::isRunning);

            // When
            rig.killAt(rig.belt().size() / 3, FEW, one);
            double afterKill = secondsUntilDone(rig, two);
            one.startAgain();
            Await.until("the first is back", one::isRunning);
            rig.workUpTo(rig.belt().size() * 2 / 3, FEW, one);
            two.stop();
            double afterStop = secondsUntilDone(rig, one);
            rig.finish(one);

            // Then
            row.note(String.format("taken over %.1f s after a kill, %.1f s after a stop", afterKill, afterStop));
            rig.assertSameAlerts();
            assertThat(afterKill).isLessThan(TAKE_OVER_SECONDS);
            assertThat(afterStop).isLessThan(TAKE_OVER_SECONDS / 2.0);
        }
    }

    @Test
    @Tag("faults")
    void rebalances_every_ten_seconds_do_not_show(Row row)
            throws IOException, ExecutionException, InterruptedException {
        try (Rig rig = Rig.of(folder, row, Recordings.unpack(folder))) {
            // Given
            ServiceProcess steady = rig.start("steady", WITH_COPIES);
            ServiceProcess restless = rig.start("restless", WITH_COPIES);
            int rounds = 8;
            Random lot = rig.lot();

            // When
            for (int round = 1; round <= rounds; round++) {
                int until = rig.belt().size() / (rounds + 1) * round;
                rig.belt().feedTo(until);
                rest(10);
                if (lot.nextBoolean()) {
                    restless.kill();
                    row.killed();
                } else {
                    restless.stop();
                }
                rig.belt().feedTo(until + AHEAD);
                rest(10);
                restless.startAgain();
            }
            rig.finish(steady);

            // Then
            rig.assertSameAlerts();
        }
    }

    @Test
    @Tag("faults")
    void an_instance_that_stood_still_beyond_its_session_is_fenced(Row row)
            throws IOException, ExecutionException, InterruptedException {
        try (Rig rig = Rig.of(folder, row, someRecordings())) {
            // Given
            ServiceProcess zombie = rig.start("zombie", "");
            rig.workUpTo(rig.belt().size() / 4, AHEAD, zombie);
            ServiceProcess other = rig.start("other", "");
            Await.until("the other works too", other::isRunning);
            rig.workUpTo(rig.belt().size() / 2, AHEAD, other);

            // When
            zombie.child().suspend();
            rig.belt().feedTo(rig.belt().size() * 3 / 4);
            Await.until(
                    "the other has all of it",
                    () -> other.committedLines() >= rig.belt().fed());
            rest(STAND_STILL_SECONDS);
            rig.belt().feedTo(rig.belt().size() * 7 / 8);
            zombie.child().resume();
            rig.finish(other);

            // Then
            rig.assertSameAlerts();
        }
    }

    /** Four hosts of nine: with the same stories, in half of the time. */
    private SortedMap<String, Path> someRecordings() throws IOException {
        SortedMap<String, Path> logs = Recordings.unpack(folder);
        logs.keySet().retainAll(Set.of("mx1", "mail1", "out1", "mx4"));
        return logs;
    }

    /** From now until a few lines more, and all before them, have gone all the way: what a SOC waits for. */
    private static double secondsUntilDone(Rig rig, ServiceProcess service)
            throws ExecutionException, InterruptedException {
        long begin = System.nanoTime();
        rig.belt().feedTo(rig.belt().fed() + FEW);
        service.awaitDone();
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Lets time pass that a fault takes; nothing is waited for. */
    private static void rest(long seconds) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
    }
}
