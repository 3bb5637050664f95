package postwarden.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;

class CorpusTest {
    private static final List<DaemonParser> DAEMONS = LineParser.daemons(Replies.STANDARD);
    /** One for all: to make it takes longer than to read a line with it. */
    private static final LineParser PARSER = new LineParser();
    /** Read once, for some thousand tests. */
    private static final List<Corpus.Entry> ENTRIES = Corpus.entries().toList();

    static Stream<Corpus.Entry> entries() {
        return ENTRIES.stream();
    }

    static Stream<Corpus.Entry> attacks() {
        return entries().filter(entry -> entry.file().endsWith("-attacks.log"));
    }

    static Stream<DaemonParser> daemons() {
        return DAEMONS.stream();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void a_line_says_exactly_what_its_annotation_says(Corpus.Entry entry) {
        // When, Then
        assertThat(entry.said()).isEqualTo(entry.expected());
    }

    @ParameterizedTest
    @MethodSource("daemons")
    void every_rule_of_a_daemon_is_met_by_a_line_of_the_corpus(DaemonParser daemon) {
        // Given
        Set<String> rules = daemon.rules().stream().map(Rule::name).collect(Collectors.toCollection(TreeSet::new));

        // When
        rules.removeAll(entries()
                .flatMap(entry -> entry.event().stream())
                .map(Event::rule)
                .collect(Collectors.toSet()));

        // Then
        assertThat(rules).isEmpty();
    }

    @Test
    void no_two_rules_have_one_name() {
        // When
        List<String> names = DAEMONS.stream()
                .flatMap(daemon -> daemon.rules().stream().distinct())
                .map(Rule::name)
                .toList();

        // Then
        assertThat(names).doesNotHaveDuplicates();
    }

    /**
     * In every line of an attack the true client is 192.0.2.6, 192.0.43.10 or 203.0.113.9, the account that is not to be blamed is
     * {@code victim}, and no actor is {@code evil}.
     */
    @ParameterizedTest
    @MethodSource("attacks")
    void an_attack_names_the_true_client_or_nobody(Corpus.Entry entry) {
        // When
        Event event = entry.event().orElseThrow();

        // Then
        assertThat(event.text(Field.CLIENT_IP, "192.0.2.6")).isIn("192.0.2.6", "192.0.43.10", "203.0.113.9");
        assertThat(event.text(Field.ACCOUNT, "")).isNotEqualTo("victim");
        assertThat(event.has(Field.AMBIGUOUS) && (event.has(Field.CLIENT_IP) || event.has(Field.ACCOUNT)))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void a_line_that_ends_with_cr_lf_says_the_same(Corpus.Entry entry) {
        // When, Then
        entry.event()
                .filter(event -> !event.is(Kind.UNRECOGNISED))
                .map(Event::line)
                .ifPresent(line -> assertThat(Corpus.describe(PARSER.parse(line.withMessage(line.message() + "\r"))))
                        .isEqualTo(entry.expected()));
    }

    @Test
    void a_line_cut_anywhere_is_read_without_failing() {
        // Given
        List<Corpus.Entry> whole =
                entries().filter(entry -> entry.event().isPresent()).toList();

        // When
        long read = whole.stream()
                .map(Corpus.Entry::record)
                .flatMap(line -> Stream.iterate(0, at -> at <= line.message().length(), at -> at + 1)
                        .map(at -> line.message().substring(0, at))
                        .map(line::withMessage))
                .map(PARSER::parse)
                .count();

        // Then
        assertThat(read).isGreaterThan(whole.size());
    }

    @Test
    void what_syslog_repeats_before_an_exim_message_changes_nothing() {
        // Given
        Function<Corpus.Entry, Event> stamped = entry -> PARSER.parse(entry.record()
                .withMessage(
                        "2026-11-21 08:32:23.372 +0000 [7] " + entry.record().message()));

        // When
        List<Corpus.Entry> plain = Corpus.read("exim").stream()
                .filter(entry -> entry.line().contains("mx1 exim[81]: "))
                .filter(entry -> !entry.line().contains(": 2026-"))
                .filter(entry -> !entry.expected().contains("\"text\":"))
                .toList();

        // Then
        assertThat(plain).isNotEmpty();
        assertThat(plain)
                .allSatisfy(entry ->
                        assertThat(Corpus.describe(stamped.apply(entry))).isEqualTo(entry.expected()));
    }
}
