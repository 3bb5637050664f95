package postwarden.producer.sample;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.publish.Sample;
import postwarden.producer.publish.SampleOutlet;

/**
 * Reads one probe, sends what it read, counts ({@code producer.samples.taken}, {@code .partial} and {@code .unable}, by probe), and
 * says once what is wrong, again when that changes, and that it is over. For one thread.
 */
final class Measuring {
    private static final Logger LOG = LoggerFactory.getLogger(Measuring.class);

    private final Paced paced;
    private final SampleOutlet outlet;
    private final Clock clock;
    private final Counter taken;
    private final Counter partial;
    private final Counter unable;
    private String said = "";

    Measuring(Paced paced, SampleOutlet outlet, MeterRegistry meters, Clock clock) {
        this.paced = paced;
        this.outlet = outlet;
        this.clock = clock;
        this.taken = meters.counter("producer.samples.taken", "probe", paced.name());
        this.partial = meters.counter("producer.samples.partial", "probe", paced.name());
        this.unable = meters.counter("producer.samples.unable", "probe", paced.name());
    }

    /**
     * Measures once.
     *
     * @return pause until the next time
     * @throws InterruptedException when the agent stops
     */
    Duration once() throws InterruptedException {
        long began = System.nanoTime();
        Optional<Sample> sample = measured(began);
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("the agent stops");
        }
        sample.ifPresent(this::tell);
        return paced.pauseAfter(Duration.ofNanos(System.nanoTime() - began));
    }

    private Optional<Sample> measured(long began) throws InterruptedException {
        Probe probe = paced.probe();
        try {
            Optional<Reading> reading = probe.read(began);
            return reading.map(read -> read.sample(probe.kind(), nowMicros(), System.nanoTime() - began));
        } catch (IOException e) {
            return Optional.of(unable(Why.of(e), began));
        } catch (RuntimeException defect) {
            // The border between what is optional and the lines: a defect of a probe must not end the agent.
            LOG.error("a defect in probe {}", paced.name(), defect);
            return Optional.of(unable("a defect: " + defect.getClass().getSimpleName(), began));
        }
    }

    private Sample unable(String why, long began) {
        return Reading.unable(paced.probe().kind(), paced.about(), why, nowMicros(), System.nanoTime() - began);
    }

    private void tell(Sample sample) {
        switch (sample.state()) {
            case WHOLE -> taken.increment();
            case PARTIAL -> partial.increment();
            case UNABLE -> unable.increment();
        }
        say(sample);
        outlet.send(sample);
    }

    private void say(Sample sample) {
        if (sample.note().equals(said)) {
            return;
        }
        said = sample.note();
        if (said.isEmpty()) {
            LOG.info("samples of {} are whole again", paced.name());
        } else if (sample.state() == Sample.State.UNABLE) {
            LOG.warn("no samples of {}: {}; all else goes on", paced.name(), said);
        } else {
            LOG.warn("samples of {} are not whole: {}", paced.name(), said);
        }
    }

    private long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
