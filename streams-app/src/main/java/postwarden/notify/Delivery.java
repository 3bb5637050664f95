package postwarden.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.incident.Alert;
import postwarden.notify.NotifyMeters.Fate;
import postwarden.stream.AlertSerde;

/**
 * Tells one receiver, record by record, each partition in its order. A record that is not taken now holds up its own partition
 * and nothing else: the partition is paused and read again from there, while the consumer goes on polling, so that the group
 * keeps it and long troubles need no long poll interval.
 */
final class Delivery implements Runnable, ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Receiver receiver;
    private final NotifyParams params;
    private final String topic;
    private final NotifyMeters meters;
    private final Clock clock;
    private final AlertSerde serde;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Waits waits;
    private final AtomicBoolean stopped = new AtomicBoolean();
    /** Since when the receiver does not want us; empty while it does. */
    private Optional<Instant> lockedSince = Optional.empty();

    Delivery(
            Receiver receiver,
            NotifyParams params,
            Map<String, String> kafka,
            String topic,
            NotifyMeters meters,
            Clock clock) {
        this.receiver = receiver;
        this.params = params;
        this.topic = topic;
        this.meters = meters;
        this.clock = clock;
        this.serde = AlertSerde.of(kafka);
        this.consumer = new KafkaConsumer<>(config(kafka), new StringDeserializer(), new ByteArrayDeserializer());
        this.waits = new Waits(params.firstPause(), params.longestPause());
    }

    private Map<String, Object> config(Map<String, String> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("group.id", params.groupId() + "-" + receiver.name());
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", "false");
        // A killed notifier holds its partitions, and so pages, for that long; Kafka's default is 45 s.
        config.putIfAbsent("session.timeout.ms", "10000");
        config.putIfAbsent("heartbeat.interval.ms", "3000");
        // KIP-1106: a partition that was added later is read from then on too, which "latest" would not do.
        config.put("auto.offset.reset", "by_duration:" + params.lookBack());
        config.put("max.poll.records", "5");
        config.put("allow.auto.create.topics", "false");
        return config;
    }

    /** Works until it is stopped. @throws org.apache.kafka.common.KafkaException when the cluster refuses it */
    @Override
    public void run() {
        try (consumer;
                serde) {
            consumer.subscribe(List.of(topic), this);
            while (!stopped.get()) {
                consumer.resume(waits.due(clock.instant()));
                ConsumerRecords<String, byte[]> records = consumer.poll(waits.idle(clock.instant(), POLL));
                for (TopicPartition partition : records.partitions()) {
                    tellAll(partition, records.records(partition));
                }
            }
        } catch (WakeupException stop) {
            LOG.atDebug().addKeyValue("receiver", receiver.name()).log("woken up to stop");
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it after the record in hand; for another thread. */
    void stop() {
        stopped.set(true);
        consumer.wakeup();
    }

    private void tellAll(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records)
            throws InterruptedException {
        for (ConsumerRecord<String, byte[]> record : records) {
            if (stopped.get()) {
                return;
            }
            Optional<Fate> fate = record.value() == null ? Optional.of(Fate.UNWANTED) : tell(partition, record);
            if (fate.isEmpty()) {
                consumer.seek(partition, record.offset());
                consumer.pause(List.of(partition));
                return;
            }
            meters.count(receiver.name(), fate.get());
            waits.forget(List.of(partition));
            commit(partition, record.offset() + 1);
        }
    }

    /** What became of the record; nothing while it is to be tried again. */
    private Optional<Fate> tell(TopicPartition partition, ConsumerRecord<String, byte[]> record)
            throws InterruptedException {
        Alert alert;
        try {
            alert = serde.deserializer().deserialize(topic, record.value());
        } catch (SerializationException unreadable) {
            LOG.atError()
                    .addKeyValue("receiver", receiver.name())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", unreadable.getMessage())
                    .log("a record is no alert and is passed over");
            return Optional.of(Fate.UNREADABLE);
        }
        if (!receiver.wants(alert)) {
            return Optional.of(Fate.UNWANTED);
        }
        Outcome outcome = receiver.tell(alert);
        return outcome.match(
                done -> {
                    lockedSince = Optional.empty();
                    return Optional.of(Fate.TOLD);
                },
                later -> postponed(partition, later.why(), later.wish()),
                locked -> locked(partition, alert, locked.why()),
                refused -> refused(alert, refused.why(), Fate.REFUSED));
    }

    private Optional<Fate> postponed(TopicPartition partition, String why, Optional<Duration> wish) {
        meters.count(receiver.name(), Fate.POSTPONED);
        Instant until = waits.failed(partition, clock.instant(), wish);
        LOG.atWarn()
                .addKeyValue("receiver", receiver.name())
                .addKeyValue("partition", partition.partition())
                .addKeyValue("reason", why)
                .addKeyValue("again", until)
                .log("a receiver does not take an alert now");
        return Optional.empty();
    }

    /** Once patience is over, nothing is waited for until the receiver wants us again: others stand behind this alert. */
    private Optional<Fate> locked(TopicPartition partition, Alert alert, String why) {
        Instant now = clock.instant();
        Instant since = lockedSince.orElse(now);
        lockedSince = Optional.of(since);
        return Duration.between(since, now).compareTo(params.patience()) < 0
                ? postponed(partition, why + " (is its key or address right?)", Optional.empty())
                : refused(alert, why, Fate.GIVEN_UP);
    }

    private Optional<Fate> refused(Alert alert, String why, Fate fate) {
        LOG.atError()
                .addKeyValue("receiver", receiver.name())
                .addKeyValue("incident", alert.incidentId())
                .addKeyValue("sequence", alert.sequence())
                .addKeyValue("reason", why)
                .log("a receiver does not take an alert, and is not told of it");
        return Optional.of(fate);
    }

    /** What cannot be committed now is with a later record, or is told again by who has the partition next. */
    private void commit(TopicPartition partition, long offset) {
        try {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
        } catch (CommitFailedException | RebalanceInProgressException | RetriableException later) {
            LOG.atWarn()
                    .addKeyValue("receiver", receiver.name())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("reason", later.getMessage())
                    .log("an offset cannot be committed now; an alert may be told twice");
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        waits.forget(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.atInfo()
                .addKeyValue("receiver", receiver.name())
                .addKeyValue("partitions", partitions.size())
                .log("partitions of the alert topic assigned");
    }
}
