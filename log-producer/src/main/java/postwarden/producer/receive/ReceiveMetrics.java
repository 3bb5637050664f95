package postwarden.producer.receive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counters of what is received.
 *
 * @param messages {@code producer.receive.messages}: messages that were taken from senders
 * @param refused {@code producer.receive.refused}: connections beyond the number that is allowed
 * @param broken {@code producer.receive.broken}: connections that were ended because of what came, or did not come, over them
 * @param cut {@code producer.receive.cut}: messages that were longer than is taken; their beginning was
 * @param torn {@code producer.receive.torn}: messages of which only a part came before the connection ended, and which were not taken
 * @param full {@code producer.receive.full}: times that the spool was full, or its disk, and nothing was read from senders
 * @param dropped {@code producer.receive.dropped}: bytes that were taken and could not be stored when the agent was stopped
 * @param spooled {@code producer.receive.spool}: bytes that stand in all spools now
 * @param allowed {@code producer.receive.spool.limit}: bytes that may
 */
public record ReceiveMetrics(
        Counter messages,
        Counter refused,
        Counter broken,
        Counter cut,
        Counter torn,
        Counter full,
        Counter dropped,
        AtomicLong spooled,
        AtomicLong allowed) {
    /** Makes the counters in a registry. */
    public static ReceiveMetrics in(MeterRegistry meters) {
        return new ReceiveMetrics(
                meters.counter("producer.receive.messages"),
                meters.counter("producer.receive.refused"),
                meters.counter("producer.receive.broken"),
                meters.counter("producer.receive.cut"),
                meters.counter("producer.receive.torn"),
                meters.counter("producer.receive.full"),
                meters.counter("producer.receive.dropped"),
                bytes(meters, "producer.receive.spool"),
                bytes(meters, "producer.receive.spool.limit"));
    }

    private static AtomicLong bytes(MeterRegistry meters, String name) {
        AtomicLong value = new AtomicLong();
        Gauge.builder(name, value, AtomicLong::doubleValue)
                .baseUnit("bytes")
                .strongReference(true)
                .register(meters);
        return value;
    }
}
