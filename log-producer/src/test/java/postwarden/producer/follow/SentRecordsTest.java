package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.source;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.producer.publish.Outgoing;

/** What is sent of a log: lines with where they stand, and what is said of the hosts that wrote them. */
class SentRecordsTest {
    @AutoClose
    private final WatchedLog mail;

    private final Harness agent;

    SentRecordsTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
        agent = mail.agent();
    }

    @Test
    void lines_come_with_identity_offsets_host_and_time() throws IOException {
        // Given
        mail.write("2026-11-21T08:00:00Z mx1 postfix/smtpd[7]: one\n2026-11-21T08:00:01Z mx1 postfix/smtpd[7]: two\n");

        // When
        agent.settle();

        // Then
        Outgoing second = agent.of(Outgoing.Kind.LINE).get(1);
        assertThat(Harness.text(second)).endsWith("two");
        assertThat(second.host()).isEqualTo("mx1");
        assertThat(second.reporter()).isEqualTo("agent");
        assertThat(second.header().program()).isEqualTo("postfix/smtpd");
        assertThat(second.header().time()).contains(Instant.parse("2026-11-21T08:00:01Z"));
        assertThat(second.file()).isEqualTo(mail.log().toString());
        assertThat(second.fileId()).hasSize(24);
        assertThat(second.startOffset()).isEqualTo(47);
        assertThat(second.endOffset()).isEqualTo(94);
    }

    @Test
    void hello_comes_before_the_first_line_and_end_behind_the_last() throws IOException {
        // Given
        mail.write("no header here\n2026-11-21T08:00:00Z mx1 a: one\n2026-11-21T08:00:00Z mx2 a: two\n");

        // When
        agent.settle();
        agent.end();

        // Then
        assertThat(agent.sent.stream().map(record -> record.kind() + " " + record.host()))
                .containsExactly("HELLO mx1", "LINE mx1", "LINE mx1", "HELLO mx2", "LINE mx2", "END mx1", "END mx2");
        assertThat(agent.of(Outgoing.Kind.HELLO).get(1).roster()).containsExactly("mx1", "mx2");
    }

    @Test
    void a_heartbeat_says_how_far_a_host_has_been_read() throws IOException {
        // Given
        mail.write("2026-11-21T08:00:00Z mx1 a: one\n");
        agent.settle();

        // When
        agent.clock.pass(Duration.ofSeconds(10));
        agent.step();

        // Then
        Outgoing beat = agent.of(Outgoing.Kind.HEARTBEAT).get(0);
        assertThat(beat.host()).isEqualTo("mx1");
        assertThat(beat.header().time()).isPresent();
        assertThat(beat.header().timeMicros()).isEqualTo(beat.readTimeMicros());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 9, 17})
    void agents_beat_at_the_same_moment_whenever_they_began(int secondsLater) throws IOException {
        // Given
        mail.write("2026-11-21T08:00:00Z mx1 a: one\n");
        Harness later = mail.agent(source(mail.log()));
        later.clock.pass(Duration.ofSeconds(secondsLater));
        later.settle();

        // When
        for (int second = 0; second < 40; second++) {
            later.step();
        }

        // Then
        assertThat(later.of(Outgoing.Kind.HEARTBEAT))
                .hasSizeGreaterThan(3)
                .allSatisfy(beat ->
                        assertThat(beat.readTimeMicros() / 1_000_000 % 10).isEqualTo(5));
    }

    @Test
    void the_records_of_a_host_leave_no_hole_while_it_is_alone_in_a_file_of_which_all_was_seen() throws IOException {
        // Given
        mail.write("2026-11-21T08:00:00Z mx1 a: one\n2026-11-21T08:00:00Z mx1 a: two\n");
        agent.settle();

        // When
        mail.write("2026-11-21T08:00:00Z mx2 a: three\n2026-11-21T08:00:00Z mx1 a: four\n");
        agent.settle();

        // Then
        assertThat(agent.of(Outgoing.Kind.LINE).stream().map(Outgoing::contiguous))
                .containsExactly(true, true, false, false);
    }

    @Test
    void the_records_of_a_host_leave_no_hole_where_it_is_said_to_be_alone() throws IOException {
        // Given
        mail.write("2026-11-21T08:00:00Z mx1 a: one\n2026-11-21T08:00:00Z mx2 a: two\n");
        Harness named = mail.agent(source(mail.log().toString(), Source.Start.BEGINNING, new HostRule.Named("gw")));

        // When
        named.settle();

        // Then
        assertThat(named.of(Outgoing.Kind.LINE)).hasSize(2).allMatch(Outgoing::contiguous);
    }

    @Test
    void where_reading_goes_on_in_the_middle_nobody_knows_who_wrote_before() throws IOException {
        // Given
        mail.write("2026-11-21T08:00:00Z mx1 a: one\n");
        Harness late = mail.agent(source(mail.log().toString(), Source.Start.END, new HostRule.FromHeader()));
        late.settle();

        // When
        mail.write("2026-11-21T08:00:00Z mx1 a: two\n");
        late.settle();

        // Then
        assertThat(late.of(Outgoing.Kind.LINE)).hasSize(1).noneMatch(Outgoing::contiguous);
    }

    @Test
    void a_configured_name_goes_over_the_header() throws IOException {
        // Given
        mail.write("2026-11-21T08:00:00Z mx1 a: one\n");
        Harness named = mail.agent(source(mail.log().toString(), Source.Start.BEGINNING, new HostRule.Named("gw")));

        // When
        named.settle();

        // Then
        assertThat(named.sent).allMatch(record -> record.host().equals("gw"));
    }

    @Test
    void headers_name_no_more_hosts_than_a_session_may_have_and_their_lines_are_sent_all_the_same() throws IOException {
        // Given
        int tooMany = Harness.HOSTS + 3;
        for (int i = 0; i < tooMany; i++) {
            mail.write("2026-11-21T08:00:00Z mx" + i + " a: " + i + "\n");
        }

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).hasSize(tooMany);
        assertThat(agent.of(Outgoing.Kind.HELLO)).hasSize(Harness.HOSTS);
        assertThat(agent.metrics.strangers().count()).isEqualTo(3);
        Outgoing last = agent.of(Outgoing.Kind.LINE).get(tooMany - 1);
        assertThat(last.host()).isEqualTo("mx" + (Harness.HOSTS - 1));
        assertThat(last.header().reason()).startsWith("the header names one host more");
    }

    @Test
    void host_names_of_any_length_leave_a_roster_that_fits_a_record() throws IOException {
        // Given
        Roster roster = new Roster("agent", (record, acknowledged) -> true, agent.clock, 2000);
        Source source = source(mail.log());

        // When
        long met = IntStream.range(0, 2000)
                .filter(i -> roster.meet(source, "x".repeat(250) + i))
                .count();

        // Then
        assertThat(met).isBetween(100L, 131L);
        assertThat(roster.meet(source, "agent")).isTrue();
    }
}
