package postwarden.producer.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import postwarden.schema.MailLine;

/**
 * The records that are sent and not acknowledged, in their order, bounded by number and bytes. What a new producer must send again
 * after the old one failed is exactly this. Written by the reading thread, emptied by Kafka's.
 */
final class Window {
    /** A record costs this many bytes beside its text: the record, its headers, its place here and in Kafka's buffer. */
    private static final int OVERHEAD = 64;

    private final int mostRecords;
    private final long mostBytes;
    private final Map<Long, Waiting> records = new LinkedHashMap<>();
    private long bytes;
    private long next;
    private long changedNanos = System.nanoTime();

    /** One record that waits for its acknowledgement. */
    record Waiting(long number, ProducerRecord<String, MailLine> record, int bytes, Runnable acknowledged) {}

    Window(PublishParams params) {
        mostRecords = params.recordsInFlight();
        mostBytes = params.bytesInFlight();
    }

    synchronized boolean hasRoom() {
        return records.size() < mostRecords && bytes < mostBytes;
    }

    /** Waits until there is room, something else happened, or the time is up. */
    @SuppressWarnings("WaitNotInLoop") // callers look again: between two waits they also tend the connection
    synchronized void awaitRoom(long millis) throws InterruptedException {
        if (!hasRoom()) {
            wait(millis);
        }
    }

    /** Waits until something was acknowledged or happened, or the time is up; not when nothing is unacknowledged. */
    @SuppressWarnings("WaitNotInLoop") // callers look again, as above
    synchronized void awaitEmpty(long millis) throws InterruptedException {
        if (!records.isEmpty()) {
            wait(millis);
        }
    }

    synchronized Waiting add(ProducerRecord<String, MailLine> record, int textBytes, Runnable acknowledged) {
        if (records.isEmpty()) {
            changedNanos = System.nanoTime();
        }
        Waiting waiting = new Waiting(next++, record, textBytes + OVERHEAD, acknowledged);
        records.put(waiting.number(), waiting);
        bytes += waiting.bytes();
        return waiting;
    }

    /** Puts another record in the place of one that Kafka does not take; empty when it is not there any more. */
    synchronized Optional<Waiting> replace(Waiting refused, ProducerRecord<String, MailLine> record) {
        Waiting instead = new Waiting(refused.number(), record, OVERHEAD, refused.acknowledged());
        boolean was = records.replace(refused.number(), refused, instead);
        if (was) {
            bytes += instead.bytes() - refused.bytes();
        }
        return was ? Optional.of(instead) : Optional.empty();
    }

    /** Takes a record out; false when it was acknowledged before, by an earlier producer. */
    synchronized boolean remove(Waiting waiting) {
        boolean was = records.remove(waiting.number()) != null;
        if (was) {
            bytes -= waiting.bytes();
            changedNanos = System.nanoTime();
            notifyAll();
        }
        return was;
    }

    synchronized void wake() {
        notifyAll();
    }

    synchronized List<Waiting> all() {
        return new ArrayList<>(records.values());
    }

    synchronized int size() {
        return records.size();
    }

    /** For how long something has waited and nothing was acknowledged, in milliseconds; 0 when nothing waits. */
    synchronized long stalledMillis() {
        return records.isEmpty() ? 0 : (System.nanoTime() - changedNanos) / 1_000_000;
    }
}
