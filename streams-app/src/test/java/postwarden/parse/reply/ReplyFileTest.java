package postwarden.parse.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.event.Reason;

class ReplyFileTest {

    @Test
    void the_file_that_the_program_comes_with_is_in_order() {
        // When
        ReplyFile standard = ReplyFile.read(StandardText.read());

        // Then
        assertThat(standard.errors()).isEmpty();
        assertThat(standard.rules()).hasSizeGreaterThan(900);
    }

    @Test
    void a_rule_has_its_reason_condition_phrase_and_provider() {
        // When
        ReplyFile file =
                ReplyFile.read("# a comment\n[Example Mail; example.net/errors]\n\nSPAM\t5xx  No Spam, please\n");

        // Then
        assertThat(file.errors()).isEmpty();
        assertThat(file.rules())
                .containsExactly(new ReplyRule(
                        4, Reason.SPAM, new ReplyCondition(0, 5, -1, -1), "no spam, please", "Example Mail"));
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_with_its_line() {
        // When
        ReplyFile file = ReplyFile.read(String.join(
                "\n",
                "[no end",
                "SPAMM any junk",
                "SPAM 6xx junk",
                "SPAM any",
                "SPAM any " + "x".repeat(81),
                "SPAM any caf\u00e9",
                "SPAM any a@b",
                "SPAM any *",
                "SPAM any two  blanks",
                "SPAM any twice",
                "VIRUS any Twice",
                "spam nobody _"));

        // Then
        assertThat(file.errors())
                .extracting(error -> error.substring(0, error.indexOf(':')))
                .containsExactly(
                        "line 1", "line 2", "line 3", "line 4", "line 5", "line 6", "line 7", "line 8", "line 9",
                        "line 11", "line 12", "line 12", "line 12");
        assertThat(file.errors().get(1)).contains("unknown reason 'SPAMM'");
        assertThat(file.errors().get(9)).contains("as in line 10");
    }

    @Test
    void a_rule_that_an_earlier_one_always_precedes_is_told() {
        // When
        ReplyFile file =
                ReplyFile.read("SPAM any junk\nSPAM 4xx bulk\nVIRUS any junk with a virus\nVIRUS any bulk virus\n");

        // Then
        assertThat(file.errors())
                .singleElement()
                .asString()
                .startsWith("line 3: never counts")
                .contains("line 1");
    }

    @Test
    void too_many_rules_are_refused() {
        // When
        String many = IntStream.rangeClosed(0, ReplyFile.MOST_RULES)
                .mapToObj(number -> "SPAM any number " + (10_000 + number))
                .collect(Collectors.joining("\n"));

        // Then
        assertThat(ReplyFile.read(many).errors()).singleElement().asString().contains("too many");
    }

    @Test
    void a_file_of_another_kind_has_few_errors_and_is_no_table() {
        // When
        ReplyFile log = ReplyFile.read("Nov 21 08:16:24 mx1 postfix/smtpd[2]: connect from x\n".repeat(100_000));

        // Then
        assertThat(log.errors()).hasSize(50);
        assertThatIllegalArgumentException().isThrownBy(() -> Replies.with(log));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4",
                "200",
                "600",
                "4x",
                "x.7",
                "x.7.",
                "y.7.1",
                "2.0.0",
                "4.7.1-",
                "4.7.5-1",
                "4.7.1-9999",
                "4.7.28.1",
                "4.7.x",
                "-5xx"
            })
    void what_is_no_condition_is_refused(String word) {
        assertThat(ReplyCondition.of(word)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "any, -1, '', true",
        "421, 421, '', true",
        "421, 450, '', false",
        "4xx, 450, '', true",
        "4xx, -1, 4.2.1, true",
        "4xx, -1, '', false",
        "5xx, 450, 5.7.1, false",
        "not-5xx, -1, '', true",
        "not-5xx, 451, '', true",
        "not-5xx, 550, '', false",
        "4.7.28, 421, 4.7.28, true",
        "4.7.28, 550, 5.7.28, false",
        "4.7.28, 421, '', false",
        "x.7.28, 550, 5.7.28, true",
        "x.7.28, 550, 5.7.2, false",
        "5.7.606-649, 550, 5.7.606, true",
        "5.7.606-649, 550, 5.7.649, true",
        "5.7.606-649, 550, 5.7.650, false",
        "5.7.606-649, 550, 5.6.620, false",
    })
    void a_condition_holds_for_its_codes(String when, int code, String dsn, boolean holds) {
        assertThat(ReplyCondition.of(when).orElseThrow().holds(Codes.of(code, dsn)))
                .isEqualTo(holds);
    }

    @Test
    void the_first_rule_of_all_that_holds_counts_however_phrases_overlap() {
        // Given: a table that asks each rule in turn
        Random random = new Random(5);
        List<String> words = List.of("spam", "am b", "blo", "block", "lock list", "ck", " a", "listed ", "x");
        for (int round = 0; round < 300; round++) {
            List<ReplyRule> rules = new ArrayList<>();
            for (int index = 0; index < words.size(); index++) {
                ReplyCondition when = random.nextBoolean() ? ReplyCondition.ANY : new ReplyCondition(0, 4, -1, -1);
                String phrase = words.get(random.nextInt(words.size()));
                rules.add(new ReplyRule(index + 1, Reason.SPAM, when, phrase, ""));
            }
            StringBuilder text = new StringBuilder();
            for (int left = 6; left > 0; left--) {
                text.append(words.get(random.nextInt(words.size())).strip()).append(random.nextBoolean() ? " " : "");
            }
            Codes codes = Codes.of(random.nextBoolean() ? 450 : 550, "");
            String read = ' ' + text.toString().strip() + ' ';

            // When, Then
            assertThat(new RuleTable(rules).first(codes, text.toString(), 0))
                    .as("%s in '%s'", rules, text)
                    .isEqualTo(rules.stream()
                            .filter(rule -> rule.when().holds(codes) && read.contains(rule.phrase()))
                            .findFirst());
        }
    }
}
