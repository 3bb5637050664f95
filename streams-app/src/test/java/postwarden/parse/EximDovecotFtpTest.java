package postwarden.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.event.Event;
import postwarden.event.Field;

class EximDovecotFtpTest {
    private static final List<DaemonParser> DAEMONS =
            List.of(new EximParser(), new DovecotParser(), new PureFtpdParser());

    static Stream<Corpus.Entry> entries() {
        return Stream.of("exim.txt", "exim-attacks.txt", "dovecot.txt", "dovecot-attacks.txt", "pure-ftpd.txt")
                .flatMap(file -> Corpus.read(file).stream());
    }

    static Stream<Corpus.Entry> attacks() {
        return Stream.of("exim-attacks.txt", "dovecot-attacks.txt").flatMap(file -> Corpus.read(file).stream());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void a_line_says_exactly_what_its_annotation_says(Corpus.Entry entry) {
        // When
        String said = Corpus.describe(entry.parse());

        // Then
        assertThat(said).isEqualTo(entry.expected());
    }

    @Test
    void every_rule_is_met_by_a_line_of_the_corpus() {
        // Given
        Set<String> rules = DAEMONS.stream()
                .flatMap(daemon -> daemon.rules().stream())
                .map(Rule::name)
                .collect(Collectors.toCollection(TreeSet::new));

        // When
        rules.removeAll(entries().map(entry -> entry.parse().rule()).collect(Collectors.toSet()));

        // Then
        assertThat(rules).isEmpty();
    }

    @Test
    void no_two_rules_have_one_name() {
        // When
        List<String> names = DAEMONS.stream()
                .flatMap(daemon -> daemon.rules().stream())
                .map(Rule::name)
                .toList();

        // Then
        assertThat(names).doesNotHaveDuplicates();
    }

    /** In every attack line the true client, where one stands, is 192.0.2.6 or, as recorded by others, 192.0.43.10. */
    @ParameterizedTest
    @MethodSource("attacks")
    void an_attack_names_the_true_client_or_nobody(Corpus.Entry entry) {
        // When
        Event event = entry.parse();

        // Then
        assertThat(event.text(Field.CLIENT_IP, "192.0.2.6")).isIn("192.0.2.6", "192.0.43.10");
        assertThat(event.text(Field.ACCOUNT, "")).isNotEqualTo("victim");
        assertThat(event.has(Field.AMBIGUOUS) && (event.has(Field.CLIENT_IP) || event.has(Field.ACCOUNT)))
                .isFalse();
    }

    @Test
    void what_syslog_repeats_before_an_exim_message_changes_nothing() {
        // Given
        UnaryOperator<String> stamped =
                line -> line.replaceFirst("^exim\\[81\\]: ", "exim4[7]: 2026-11-21 08:32:23.372 +0000 [7] ");

        // When
        List<Corpus.Entry> plain = Corpus.read("exim.txt").stream()
                .filter(entry -> !entry.line().contains(": 2026-"))
                .filter(entry -> !entry.expected().contains("\n  text "))
                .toList();

        // Then
        assertThat(plain)
                .allSatisfy(entry -> assertThat(
                                Corpus.describe(new Corpus.Entry(stamped.apply(entry.line()), "").parse()))
                        .isEqualTo(entry.expected()));
    }

    @Test
    void a_line_cut_anywhere_is_read_without_failing() {
        // Given
        LineParser parser = new LineParser();

        // When
        long read = entries()
                .flatMap(entry -> cuts(entry.line()))
                .map(line -> parser.parse(Corpus.line(line)))
                .count();

        // Then
        assertThat(read).isGreaterThan(entries().count());
    }

    private static Stream<String> cuts(String line) {
        int from = line.indexOf(": ") + 2;
        return Stream.iterate(from, at -> at <= line.length(), at -> at + 1).map(at -> line.substring(0, at));
    }
}
