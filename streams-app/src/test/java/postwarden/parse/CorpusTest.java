package postwarden.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {

    static Stream<Corpus.Entry> entries() {
        return Stream.of("postfix.txt", "postfix-attacks.txt", "syslog.txt")
                .flatMap(file -> Corpus.read(file).stream());
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
        Set<String> rules = Stream.of(new PostfixParser(), new SyslogDaemon())
                .flatMap(daemon -> daemon.rules().stream())
                .map(Rule::name)
                .collect(Collectors.toCollection(TreeSet::new));

        // When
        rules.removeAll(entries().map(entry -> entry.parse().rule()).collect(Collectors.toSet()));

        // Then
        assertThat(rules).isEmpty();
    }

    @Test
    void no_two_rules_of_a_daemon_have_one_name() {
        // When
        long names =
                new PostfixParser().rules().stream().map(Rule::name).distinct().count();

        // Then
        assertThat(names).isEqualTo(new PostfixParser().rules().size());
    }
}
