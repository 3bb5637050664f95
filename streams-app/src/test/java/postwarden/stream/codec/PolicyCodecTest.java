package postwarden.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.policy.Allowance;
import postwarden.policy.Decision;
import postwarden.policy.NamePattern;
import postwarden.policy.Remark;
import postwarden.policy.Saying;
import postwarden.schema.Policy;
import postwarden.schema.PolicyRemark;

/** Decisions as records of the policy topic, also for readers of the release before. */
class PolicyCodecTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:07.123Z");
    private static final Schema FIRST = Stored.released("Policy", 1);

    @Test
    void each_kind_of_decision_is_the_same_after_being_a_record() {
        for (Decision decision : new Decision[] {
            allowance(), said(Remark.Aspect.ACKNOWLEDGED, "", ""), said(Remark.Aspect.VERDICT, "false", "our probe")
        }) {
            assertThat(PolicyCodec.fromAvro(PolicyCodec.toAvro(decision))).isEqualTo(decision);
        }
    }

    @Test
    void a_reader_of_version_1_takes_a_remark_for_an_allowance_that_covers_nothing() throws IOException {
        // Given
        Saying saying = said(Remark.Aspect.ACKNOWLEDGED, "", "");

        // When
        Policy asBefore =
                read(bytes(PolicyCodec.toAvro(saying), Policy.getClassSchema()), Policy.getClassSchema(), FIRST);
        Allowance allowance = (Allowance) PolicyCodec.fromAvro(asBefore);

        // Then
        assertThat(allowance.covers(
                        postwarden.incident.FindingBuilder.flood("192.0.2.1").finding(1000)))
                .isFalse();
        assertThat(allowance.detector()).isEqualTo(new NamePattern("-"));
        assertThat(PolicyCodec.key(allowance.tenant(), allowance.id())).isEqualTo("default/0f-9.acknowledged");
    }

    @Test
    void what_version_1_wrote_is_an_allowance() throws IOException {
        byte[] written = bytes(PolicyCodec.toAvro(allowance()), FIRST);

        assertThat(PolicyCodec.fromAvro(read(written, FIRST, Policy.getClassSchema())))
                .isEqualTo(allowance());
    }

    @ParameterizedTest
    @CsvSource({
        "verdict, false, ' ', reason must be 1 to 1000 characters",
        "verdict, maybe, why, 'verdict must be true, false or benign, not ''maybe''' ",
        "assigned, '', why, assignee must be 1 to 200 characters",
        "acknowledged, x, why, value must be 0 to 0 characters",
        "mood, glad, why, 'aspect must be acknowledged, assigned or verdict, not ''mood''' "
    })
    void a_remark_that_says_nothing_that_is_known_is_refused(String aspect, String value, String reason, String why) {
        Policy policy = Policy.newBuilder(PolicyCodec.toAvro(allowance()))
                .setRemark(new PolicyRemark("0f-9", aspect, value, reason))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyCodec.fromAvro(policy))
                .withMessageStartingWith(why);
    }

    private static Saying said(Remark.Aspect aspect, String value, String reason) {
        return new Saying(
                "default", "0f-9", new Remark(aspect, value, "anna", NOW, reason), NOW.plus(Duration.ofDays(366)));
    }

    private static Allowance allowance() {
        return new Allowance(
                "probe",
                "default",
                NamePattern.ANYTHING,
                new NamePattern("192.0.2.0/24"),
                NamePattern.ANYTHING,
                "noc",
                "ours",
                NOW,
                NOW.plus(Duration.ofDays(1)));
    }

    private static byte[] bytes(Policy policy, Schema writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new SpecificDatumWriter<Policy>(writer).write(policy, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static Policy read(byte[] bytes, Schema writer, Schema reader) throws IOException {
        return new SpecificDatumReader<Policy>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }
}
