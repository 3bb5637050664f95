package postwarden.benchmarks.ship;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * A whole file that is there already, sent by a shipper that is started for it.
 *
 * @param startSeconds from its start to its first record
 * @param seconds from its start to its last record
 * @param cpuSeconds what it has used of processors by then
 * @param peakBytes the most memory that it has had by then
 */
record Shipment(double startSeconds, double seconds, double cpuSeconds, long peakBytes) {
    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();
    private static final double PATIENCE_SECONDS = 300;

    /** @throws IllegalStateException when it ended, or not all lines came */
    static Shipment of(Watched shipper, Admin admin, String topic, long lines)
            throws IOException, ExecutionException, InterruptedException {
        long begin = System.nanoTime();
        double first = 0;
        for (long records = 0; records < lines; records = records(admin, topic)) {
            double now = (System.nanoTime() - begin) / 1e9;
            first = records == 0 ? now : first;
            if (!shipper.process().isAlive() || now > PATIENCE_SECONDS) {
                throw new IllegalStateException("only " + records + " of " + lines + " lines after " + now + " s");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Shipment(first, seconds, shipper.cpuSeconds(), shipper.peakBytes());
    }

    private static long records(Admin admin, String topic) throws ExecutionException, InterruptedException {
        TopicPartition partition = new TopicPartition(topic, 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }
}
