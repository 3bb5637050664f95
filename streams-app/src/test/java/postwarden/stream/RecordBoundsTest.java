package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordBoundsTest {
    private static final String LINES = "mail.lines";

    @Test
    void records_that_a_producer_sends_pass_as_they_are() {
        // Given
        ConsumerRecords<byte[], byte[]> usual =
                records(LINES, new byte[255], new byte[524_288 - 255], new RecordHeaders());

        // When
        ConsumerRecords<byte[], byte[]> bounded = bounds().onConsume(usual);

        // Then
        assertThat(bounded).isSameAs(usual);
    }

    @Test
    void a_record_that_is_too_large_keeps_its_place_and_the_start_of_its_value() {
        // Given
        byte[] value = new byte[524_289];
        Arrays.fill(value, (byte) 7);
        Headers headers = new RecordHeaders().add("theirs", new byte[9]);

        // When
        ConsumerRecord<byte[], byte[]> cut = only(bounds().onConsume(records(LINES, new byte[3], value, headers)));

        // Then
        assertThat(cut.offset()).isEqualTo(42);
        assertThat(cut.partition()).isEqualTo(1);
        assertThat(cut.key()).hasSize(3);
        assertThat(cut.value()).hasSize(32_768).containsOnly(7);
        assertThat(cut.headers().toArray()).hasSize(1);
        assertThat(text(cut)).isEqualTo("of 3 bytes of key, 524289 of value and 15 of headers");
    }

    @Test
    void headers_that_are_too_large_are_left_out_and_the_value_can_be_read() {
        // Given
        Headers headers = new RecordHeaders().add("theirs", new byte[600_000]);

        // When
        ConsumerRecord<byte[], byte[]> cut =
                only(bounds().onConsume(records(LINES, new byte[3], new byte[100], headers)));

        // Then
        assertThat(cut.value()).hasSize(100);
        assertThat(cut.headers().lastHeader("theirs")).isNull();
    }

    @Test
    void a_key_that_is_no_hosts_name_is_cut_and_all_else_stays() {
        // Given
        Headers headers = new RecordHeaders().add("theirs", new byte[9]);

        // When
        ConsumerRecord<byte[], byte[]> cut =
                only(bounds().onConsume(records(LINES, new byte[256], new byte[100], headers)));

        // Then
        assertThat(cut.key()).hasSize(255);
        assertThat(cut.value()).hasSize(100);
        assertThat(cut.headers().toArray()).hasSize(2);
    }

    @Test
    void internal_topics_are_not_cut() {
        // Given
        ConsumerRecords<byte[], byte[]> internal =
                records("postwarden-tallies-repartition", new byte[999], new byte[900_000], new RecordHeaders());

        // When
        ConsumerRecords<byte[], byte[]> bounded = bounds().onConsume(internal);

        // Then
        assertThat(bounded).isSameAs(internal);
    }

    private static RecordBounds bounds() {
        RecordBounds bounds = new RecordBounds();
        bounds.configure(Map.of(RecordBounds.TOPIC, LINES));
        return bounds;
    }

    private static ConsumerRecords<byte[], byte[]> records(String topic, byte[] key, byte[] value, Headers headers) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                topic,
                1,
                42,
                0,
                TimestampType.LOG_APPEND_TIME,
                key.length,
                value.length,
                key,
                value,
                headers,
                Optional.empty());
        return new ConsumerRecords<>(Map.of(new TopicPartition(topic, 1), List.of(record)), Map.of());
    }

    private static ConsumerRecord<byte[], byte[]> only(ConsumerRecords<byte[], byte[]> records) {
        assertThat(records.count()).isEqualTo(1);
        return records.iterator().next();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader("postwarden.cut").value(), StandardCharsets.UTF_8);
    }
}
