package postwarden.producer.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import postwarden.producer.Said;
import postwarden.producer.publish.Sample;

/** Probes that work, fail, hang and have defects, side by side. */
@Timeout(30)
class SamplerTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private final MeterRegistry meters = new SimpleMeterRegistry();

    /** What a probe does. */
    @FunctionalInterface
    private interface Deed {
        Optional<Reading> read() throws IOException, InterruptedException;
    }

    @Test
    void a_probe_that_hangs_or_has_a_defect_stops_no_other() throws InterruptedException {
        // Given
        BlockingQueue<Sample> sent = new LinkedBlockingQueue<>();
        CountDownLatch never = new CountDownLatch(1);
        List<Paced> probes = List.of(
                paced("hanging", () -> {
                    never.await();
                    return Optional.empty();
                }),
                paced("defect", () -> {
                    throw new IllegalStateException("a defect on purpose");
                }),
                paced("fine", () -> Optional.of(Reading.of(Map.of("cpus", 2.0)))));

        // When
        List<Sample> first = new ArrayList<>();
        try (Sampler sampler = Sampler.start(probes, "mx1", sent::add, meters, NOON)) {
            while (first.stream()
                                    .filter(sample -> sample.state() == Sample.State.WHOLE)
                                    .count()
                            < 3
                    || first.stream().allMatch(sample -> sample.state() == Sample.State.WHOLE)) {
                first.add(sent.take());
            }
            assertThat(sampler).isNotNull();
        }

        // Then
        assertThat(first)
                .filteredOn(sample -> sample.state() == Sample.State.UNABLE)
                .extracting(Sample::note)
                .containsOnly("a defect: IllegalStateException");
        assertThat(first)
                .filteredOn(sample -> sample.state() == Sample.State.WHOLE)
                .allSatisfy(sample -> {
                    assertThat(sample.timeMicros()).isEqualTo(1_795_262_400_000_000L);
                    assertThat(sample.values()).containsEntry("cpus", 2.0);
                });
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("sample-"));
    }

    @Test
    void what_cannot_be_measured_is_counted_each_time_sent_each_time_and_said_once() throws InterruptedException {
        // Given
        List<Sample> sent = new ArrayList<>();
        AtomicInteger looks = new AtomicInteger();
        Paced paced = paced("pressure", () -> {
            if (looks.incrementAndGet() <= 3) {
                throw new NoSuchFileException("/proc/pressure");
            }
            return Optional.of(Reading.of(Map.of()));
        });
        Measuring measuring = new Measuring(paced, sent::add, meters, NOON);

        // When
        List<String> said = Said.by(Measuring.class, () -> {
            for (int i = 0; i < 5; i++) {
                measuring.once();
            }
        });

        // Then
        assertThat(said)
                .containsExactly(
                        "WARN no samples of pressure: /proc/pressure: no such file; all else goes on",
                        "INFO samples of pressure are whole again");
        assertThat(sent)
                .extracting(Sample::state)
                .containsExactly(
                        Sample.State.UNABLE,
                        Sample.State.UNABLE,
                        Sample.State.UNABLE,
                        Sample.State.WHOLE,
                        Sample.State.WHOLE);
        assertThat(meters.counter("producer.samples.unable", "probe", "pressure")
                        .count())
                .isEqualTo(3);
        assertThat(meters.counter("producer.samples.taken", "probe", "pressure").count())
                .isEqualTo(2);
    }

    @Test
    void a_probe_that_makes_others_work_does_so_for_a_tenth_of_the_time() {
        // Given
        Paced queue = new Paced("postfix", "postfix", new Fake(Optional::empty), Duration.ofSeconds(60), true);

        // When, Then
        assertThat(queue.pauseAfter(Duration.ofMillis(10))).isEqualTo(Duration.ofSeconds(60));
        assertThat(queue.pauseAfter(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(180));
    }

    private static Paced paced(String name, Deed deed) {
        return new Paced(name, "", new Fake(deed), Duration.ofMillis(20), false);
    }

    private record Fake(Deed deed) implements Probe {
        @Override
        public Sample.Kind kind() {
            return Sample.Kind.LOAD;
        }

        @Override
        public Optional<Reading> read(long nanos) throws IOException, InterruptedException {
            return deed.read();
        }
    }
}
