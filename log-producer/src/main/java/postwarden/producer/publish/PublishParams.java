package postwarden.producer.publish;

import java.time.Duration;
import java.util.Map;

/**
 * How records get into Kafka.
 *
 * @param topic where lines go; {@code mail.lines} unless topics are split by trust domain
 * @param kafka settings for Kafka's producer and its serializer, by Kafka's names; see {@link KafkaSettings} for those that are fixed
 * @param recordsInFlight how many records may be unacknowledged, 1 to 1,000,000; default 4,000: more than Kafka's producer has under way
 *     to one partition (five requests of some 400 lines each, and the batch that fills), and 80,000 lines a second at 50 ms until they are
 *     acknowledged; more only makes more garbage (RATIONALE.md)
 * @param bytesInFlight how many bytes of text may be unacknowledged, 65,536 or more; default 8 MiB; never more than half of
 *     {@code buffer.memory}
 * @param drain how long a stopping agent waits for acknowledgements, 0 s to 60 s; default 8 s: systemd and the fault catalogue give 10
 * @param complainAfter how long nothing may be acknowledged before the log says so, 1 s or more; default 10 s
 * @param longestBackoff the longest pause before a failed producer is built anew, 100 ms or more; default 30 s
 */
public record PublishParams(
        String topic,
        Map<String, Object> kafka,
        int recordsInFlight,
        long bytesInFlight,
        Duration drain,
        Duration complainAfter,
        Duration longestBackoff) {
    /** The topic of all lines. */
    public static final String TOPIC = "mail.lines";

    public PublishParams {
        kafka = Map.copyOf(kafka);
        if (recordsInFlight < 1 || recordsInFlight > 1_000_000) {
            throw new IllegalArgumentException("records-in-flight is " + recordsInFlight + ", not 1 to 1000000");
        }
        if (bytesInFlight < 65_536) {
            throw new IllegalArgumentException("bytes-in-flight is " + bytesInFlight + ", less than 65536");
        }
        if (drain.isNegative() || drain.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("drain is " + drain + ", not 0 s to 60 s");
        }
        if (complainAfter.toMillis() < 1000 || longestBackoff.toMillis() < 100) {
            throw new IllegalArgumentException("complain-after is under 1 s or longest-backoff under 100 ms");
        }
    }

    /** The defaults with settings for Kafka. */
    public static PublishParams to(Map<String, Object> kafka) {
        return new PublishParams(
                TOPIC, kafka, 4_000, 8L << 20, Duration.ofSeconds(8), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /** The same with other settings for Kafka. */
    public PublishParams with(Map<String, Object> otherKafka) {
        return new PublishParams(
                topic, otherKafka, recordsInFlight, bytesInFlight, drain, complainAfter, longestBackoff);
    }
}
