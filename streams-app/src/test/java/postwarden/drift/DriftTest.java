package postwarden.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import postwarden.correlate.HeapMemory;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.event.Source;

class DriftTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Source SOURCE = new Source("/var/log/mail.log", "1", 0, 80, -1, -1);

    private final HeapMemory<TemplateCount> kept = new HeapMemory<>();
    private final Drift drift = new Drift(kept);

    @Test
    void lines_of_one_kind_are_one_template_with_its_first_and_last_time() {
        // When
        drift.unrecognised(line(5, "cannot open mailbox 17 of user anna from 192.0.2.6"));
        drift.unrecognised(line(1, "cannot open mailbox 3 of user bert from 2001:db8::7"));
        drift.unrecognised(line(3, "cannot close mailbox 3 of user bert from 2001:db8::7"));

        // Then
        TemplateCount counted = drift.mostFrequent().get(0);
        assertThat(drift.templates()).isEqualTo(2);
        assertThat(counted.count()).isEqualTo(2);
        assertThat(counted.first()).isEqualTo(NOON.plusSeconds(1));
        assertThat(counted.last()).isEqualTo(NOON.plusSeconds(5));
        assertThat(counted.template())
                .isEqualTo(new Template(
                        Daemon.POSTFIX, "postfix/smtpd", counted.template().text()));
        assertThat(counted.template().text()).isEqualTo("cannot open mailbox * of user * from *");
        assertThat(counted.sample()).isEqualTo("cannot open mailbox * of user * from *");
    }

    @Test
    void a_template_s_name_never_changes() {
        assertThat(new Template(Daemon.POSTFIX, "postfix/smtpd", "cannot open *").name())
                .isEqualTo("213784106c8a1503");
    }

    @Test
    void a_sample_holds_no_address_no_user_and_no_secret() {
        // When
        drift.unrecognised(line(
                1,
                "x user=anna, <anna@example.com> anna@example.com [192.0.2.6] 192.0.2.6 \"anna\""
                        + " password=Winter2026 code 5 on host3"));

        // Then
        assertThat(drift.mostFrequent().get(0).sample())
                .isEqualTo("x user=*, <*> * [*] * \"*\" password=*** code 5 on host3");
    }

    @Test
    void the_version_is_the_one_that_the_daemon_of_that_host_said_last() {
        // Given
        drift.version(new Event.Builder(line("mx1", 0, "daemon started"), Daemon.POSTFIX)
                .kind(Kind.LIFECYCLE)
                .put(Field.VERSION, "3.10.5")
                .build());

        // When
        drift.unrecognised(line(1, "new words"));
        drift.unrecognised(new Event.Builder(line("mx2", 2, "other words"), Daemon.POSTFIX).build());

        // Then
        assertThat(drift.mostFrequent()).extracting(TemplateCount::version).containsExactly("", "3.10.5");
    }

    @Test
    void lines_without_a_header_are_grouped_by_why() {
        // When
        drift.unparsed(new LogRecord.Unparsed("default", "mx1", "the line is empty", "", SOURCE), NOON);
        drift.unparsed(new LogRecord.Unparsed("default", "mx1", "no host name", "a b", SOURCE), NOON);
        drift.unparsed(new LogRecord.Unparsed("default", "mx1", "no host name", "c d", SOURCE), NOON);

        // Then
        assertThat(drift.mostFrequent())
                .extracting(
                        counted -> counted.count() + " " + counted.template().program() + " "
                                + counted.template().text())
                .containsExactly("2 (no header) no host name", "1 (no header) the line is empty");
    }

    @Test
    void the_rarest_are_let_go_when_there_are_too_many_and_that_is_told() {
        // Given
        for (int i = 0; i < 3; i++) {
            drift.unrecognised(line(i, "this one is frequent"));
        }

        // When
        for (int i = 0; i < 5 * Drift.MOST; i++) {
            drift.unrecognised(line(10 + i, "words " + word(i)));
        }

        // Then
        assertThat(drift.templates()).isLessThanOrEqualTo(Drift.MOST);
        assertThat(drift.mostFrequent().get(0).count()).isEqualTo(3);
        assertThat(drift.templatesLetGo()).isEqualTo(5 * Drift.MOST + 1 - drift.templates());
        assertThat(drift.linesLetGo()).isEqualTo(drift.templatesLetGo());
    }

    @Test
    void what_is_kept_is_known_again() {
        // Given
        drift.unrecognised(line(1, "new words"));
        drift.unrecognised(line(2, "new words"));

        // When
        Drift again = new Drift(kept);
        again.unrecognised(line(3, "new words"));

        // Then
        assertThat(again.templates()).isEqualTo(1);
        assertThat(again.mostFrequent().get(0).count()).isEqualTo(3);
    }

    @Property
    void the_order_of_lines_makes_no_difference(
            @ForAll @Size(max = 60) List<@StringLength(max = 30) String> messages, @ForAll long seed) {
        // Given
        List<Event> events = new ArrayList<>();
        messages.forEach(message -> events.add(line(events.size() % 7, message)));
        List<Event> disordered = new ArrayList<>(events);
        Collections.shuffle(disordered, new Random(seed));

        // When
        Drift one = new Drift(new HeapMemory<>());
        Drift other = new Drift(new HeapMemory<>());
        events.forEach(one::unrecognised);
        disordered.forEach(other::unrecognised);

        // Then
        assertThat(other.mostFrequent()).isEqualTo(one.mostFrequent());
        assertThat(one.mostFrequent().stream().mapToLong(TemplateCount::count).sum())
                .isEqualTo(messages.size());
    }

    @Property
    void two_halves_come_to_the_whole(@ForAll @Size(min = 1, max = 40) List<@StringLength(max = 20) String> messages) {
        // Given
        int half = messages.size() / 2;
        Drift whole = new Drift(new HeapMemory<>());
        Drift merged = new Drift(new HeapMemory<>());
        Drift second = new Drift(new HeapMemory<>());

        // When
        messages.forEach(message -> whole.unrecognised(line(1, message)));
        messages.subList(0, half).forEach(message -> merged.unrecognised(line(1, message)));
        messages.subList(half, messages.size()).forEach(message -> second.unrecognised(line(1, message)));
        second.mostFrequent().forEach(counted -> merged.count("default", counted));

        // Then
        assertThat(merged.mostFrequent()).isEqualTo(whole.mostFrequent());
    }

    @Property
    void any_text_has_a_short_template_which_is_its_own(@ForAll String message) {
        // When
        String template = Words.template(message);

        // Then
        assertThat(template.length()).isLessThanOrEqualTo(Words.LONGEST);
        assertThat(Words.sample(message).length()).isLessThanOrEqualTo(Words.LONGEST);
        assertThat(Words.template(message)).isEqualTo(template);
    }

    private static Event line(int second, String message) {
        return new Event.Builder(line("mx1", second, message), Daemon.POSTFIX).build();
    }

    private static LogRecord.Line line(String host, int second, String message) {
        return new LogRecord.Line("default", host, "postfix/smtpd", 1, NOON.plusSeconds(second), "", message, SOURCE);
    }

    private static String word(int number) {
        StringBuilder word = new StringBuilder();
        for (int left = number + 1; left > 0; left /= 26) {
            word.append((char) ('a' + left % 26));
        }
        return word.toString();
    }
}
