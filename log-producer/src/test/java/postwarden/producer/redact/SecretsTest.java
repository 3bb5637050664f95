package postwarden.producer.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SecretsTest {
    private static final Redaction KEYED = Redaction.with(Samples.KEY);

    @TestFactory
    Stream<DynamicTest> each_line_leaves_the_host_as_the_table_says() {
        return Samples.all().stream()
                .map(sample -> DynamicTest.dynamicTest(
                        sample.in(),
                        () -> assertThat(Samples.cut(sample.in(), KEYED)).isEqualTo(sample.out())));
    }

    @TestFactory
    Stream<DynamicTest> what_was_cut_before_stays() {
        return Samples.all().stream()
                .map(sample -> DynamicTest.dynamicTest(
                        sample.out(),
                        () -> assertThat(Samples.cut(sample.out(), KEYED)).isEqualTo(sample.out())));
    }

    @Test
    void every_secret_has_a_line_in_which_it_is_cut() {
        // When
        List<String> cut = Samples.all().stream()
                .filter(sample -> !sample.in().equals(sample.out()))
                .map(Samples.Sample::secret)
                .distinct()
                .toList();

        // Then
        assertThat(cut)
                .containsExactlyInAnyOrderElementsOf(
                        Secrets.ALL.stream().map(Secret::name).toList());
    }

    @Test
    void without_a_key_there_is_no_hash() {
        // Given
        String plain =
                "Nov 21 08:16:24 mx1 dovecot: auth: sql(anna): unknown user (given password: x) - trying the next passdb";
        String hashed = "Nov 21 08:16:24 mx1 dovecot: auth: sql(anna): unknown user (SHA1 of given password: 275e5d)";

        // When
        String cutPlain = Samples.cut(plain, Redaction.WITHOUT_KEY);
        String cutHash = Samples.cut(hashed, Redaction.WITHOUT_KEY);

        // Then
        assertThat(cutPlain).endsWith("unknown user (given password: ***) - trying the next passdb");
        assertThat(cutHash).endsWith("unknown user (given password: ***)");
        assertThat(Samples.cut(cutPlain, KEYED)).isEqualTo(cutPlain);
    }

    @Test
    void equal_passwords_stay_equal_and_only_under_one_key() {
        // Given
        String line = "mx1 dovecot: auth: sql(%s): unknown user (given password: %s)";
        Redaction other = Redaction.with(new SiteKey("another site's own key".getBytes(StandardCharsets.US_ASCII)));

        // When
        String anna = hash(Samples.cut(line.formatted("anna", "Winter2026"), KEYED));
        String bert = hash(Samples.cut(line.formatted("bert", "Winter2026"), KEYED));
        String differs = hash(Samples.cut(line.formatted("anna", "Winter2027"), KEYED));
        String elsewhere = hash(Samples.cut(line.formatted("anna", "Winter2026"), other));

        // Then
        assertThat(anna).hasSize(12).isEqualTo(bert).isNotEqualTo(differs).isNotEqualTo(elsewhere);
    }

    @Test
    void a_stranger_who_calls_himself_like_a_secret_hides_no_client() {
        // Given
        List<String> lines = List.of(
                "Nov 21 08:16:24 mx1 dovecot: imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs):"
                        + " user=<x (given password: >, method=PLAIN, rip=192.0.2.6, lip=198.51.100.1, session=<Yx7>",
                "Nov 21 08:16:24 mx1 postfix/smtpd[2]: NOQUEUE: reject: RCPT from unknown[192.0.2.6]: 554 5.7.1 no;"
                        + " from=<\"(given password: \"@example.net> to=<a@example.com> proto=ESMTP helo=<mail>");

        // When
        List<String> cut = lines.stream().map(line -> Samples.cut(line, KEYED)).toList();

        // Then
        assertThat(cut).isEqualTo(lines);
    }

    @Test
    void a_short_key_is_refused() {
        assertThatThrownBy(() -> new SiteKey(new byte[SiteKey.SHORTEST - 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a redaction key of 15 bytes, at least 16 are needed");
    }

    @Test
    void a_key_tells_nothing_of_itself() {
        assertThat(Samples.KEY).hasToString("SiteKey");
    }

    private static String hash(String line) {
        return line.substring(line.lastIndexOf(' ') + 1, line.length() - 1);
    }
}
