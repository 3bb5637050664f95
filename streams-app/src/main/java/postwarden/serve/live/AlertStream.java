package postwarden.serve.live;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import postwarden.serve.wire.Json;
import postwarden.serve.wire.Refusal;
import postwarden.serve.wire.Told;

/**
 * One reader's stream of alerts as server-sent events: first what it missed, then what comes. Ends with an event {@code end}
 * that says why, wherever it does not end with the connection; a hole is told by an event {@code gap}.
 */
public final class AlertStream {
    private static final Duration POLL = Duration.ofMillis(200);
    /** How long what was missed may take to read. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** How soon a stream notices that it is to end. */
    private static final Duration NOTICE = Duration.ofMillis(250);

    private final AlertFeed feed;
    private final OutputStream out;
    private final Listener listener;
    private Place place;

    private AlertStream(AlertFeed feed, OutputStream out, Listener listener, Place place) {
        this.feed = feed;
        this.out = out;
        this.listener = listener;
        this.place = place;
    }

    /** Where the answer goes, once it is certain that there is one. */
    public interface Opened {
        OutputStream open() throws IOException;
    }

    /**
     * Streams until the reader leaves, is too slow, or the feed is closed.
     *
     * @param lastEventId empty for what comes from now on
     * @throws Refusal 400 for an id that is none, 503 while the topic cannot be read
     * @throws IOException when the reader has left
     */
    public static void serve(AlertFeed feed, String lastEventId, Predicate<Told> sees, Opened opened)
            throws IOException, InterruptedException {
        Optional<Place> missed = Place.of(lastEventId);
        if (missed.isEmpty() && !lastEventId.isEmpty()) {
            throw Refusal.bad("Last-Event-ID is none that was given out");
        }
        Listener listener = feed.listen(sees);
        try {
            AlertStream stream = new AlertStream(feed, opened.open(), listener, missed.orElse(listener.begin()));
            stream.comment();
            if (missed.isEmpty() || stream.catchUp()) {
                stream.follow();
            }
        } finally {
            feed.leave(listener);
        }
    }

    /** @return whether the stream goes on */
    private boolean catchUp() throws IOException {
        try (KafkaConsumer<String, byte[]> consumer = feed.reader().open()) {
            List<TopicPartition> partitions = feed.reader().partitions(consumer);
            consumer.assign(partitions);
            seek(consumer, partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            int told = 0;
            while (partitions.stream()
                    .anyMatch(one -> consumer.position(one) < listener.begin().of(one.partition()))) {
                if (System.nanoTime() > deadline) {
                    end("what was missed cannot be read; try again");
                    return false;
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    Optional<Listener.Heard> heard =
                            isMissed(record) ? feed.reader().heard(record) : Optional.empty();
                    if (heard.isPresent() && listener.sees(heard.get().alert())) {
                        if (++told > feed.params().resume()) {
                            event(
                                    "gap",
                                    "more than " + feed.params().resume() + " alerts were missed; the rest of them"
                                            + " is left out");
                            place = listener.begin();
                            return true;
                        }
                        alert(heard.get());
                    }
                }
            }
            place = listener.begin();
            return true;
        } catch (KafkaException failure) {
            end("what was missed cannot be read; try again");
            return false;
        }
    }

    private boolean isMissed(ConsumerRecord<String, byte[]> record) {
        return record.offset() < listener.begin().of(record.partition())
                && !place.isPast(record.partition(), record.offset());
    }

    private void seek(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) throws IOException {
        Map<TopicPartition, Long> kept = consumer.beginningOffsets(partitions);
        Map<Integer, Long> next = new HashMap<>();
        boolean gap = false;
        for (TopicPartition partition : partitions) {
            long wanted = place.of(partition.partition());
            long first = kept.getOrDefault(partition, 0L);
            long last = listener.begin().of(partition.partition());
            // A partition that the id does not know came later: all of it was missed.
            gap |= place.next().containsKey(partition.partition()) && (wanted < first || wanted > last);
            long from = Math.min(Math.max(wanted, first), last);
            consumer.seek(partition, from);
            next.put(partition.partition(), from);
        }
        place = new Place(next);
        if (gap) {
            event("gap", "some of what was missed is no longer kept");
        }
    }

    private void follow() throws IOException, InterruptedException {
        long quietSince = System.nanoTime();
        while (listener.ended().isEmpty()) {
            Optional<Listener.Heard> heard = listener.next(NOTICE);
            if (heard.isPresent()) {
                alert(heard.get());
                quietSince = System.nanoTime();
            } else if (System.nanoTime() - quietSince
                    > feed.params().heartbeat().toNanos()) {
                comment();
                quietSince = System.nanoTime();
            }
        }
        end(listener.ended());
    }

    private void alert(Listener.Heard heard) throws IOException {
        place = place.behind(heard.partition(), heard.offset());
        write("id: " + place + "\nevent: alert\ndata: " + heard.alert().json() + "\n\n");
    }

    /** With the id, so that a reader who has seen no alert yet can come back without a hole. */
    private void comment() throws IOException {
        write(": \nid: " + place + "\n\n");
    }

    private void event(String name, String why) throws IOException {
        write("event: " + name + "\ndata: " + new String(Json.bytes(Map.of("reason", why)), StandardCharsets.UTF_8)
                + "\n\n");
    }

    private void end(String why) throws IOException {
        event("end", why);
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
