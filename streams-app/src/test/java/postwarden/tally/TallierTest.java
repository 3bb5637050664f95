package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import postwarden.correlate.RecordedLog;
import postwarden.event.Event;
import postwarden.event.Field;

class TallierTest {

    @Test
    void a_submitted_message_counts_for_who_logged_in_and_where_it_went() {
        // When
        Tallies tallies = Tallies.of("submission.log");

        // Then
        Tally account = tallies.of(Watch.ACCOUNT, "henry.silva@example.com");
        assertThat(account.count(Count.MESSAGES)).isEqualTo(1);
        assertThat(account.count(Count.RECIPIENTS)).isEqualTo(1);
        assertThat(account.count(Count.AUTH_SUCCESSES)).isEqualTo(1);
        assertThat(account.distinct(Distinct.SUCCESS_CLIENTS)).isEqualTo(1);
        assertThat(account.distinct(Distinct.RECIPIENT_DOMAINS)).isEqualTo(1);
        assertThat(account.samples(Count.AUTH_SUCCESSES)).hasSize(1);
        assertThat(account.topNames("client:", 1)).containsExactly("198.51.100.225");
        Tally destination = tallies.of(Watch.DESTINATION, "dogwood-tools.example");
        assertThat(destination.count(Count.SENT)).isEqualTo(1);
        assertThat(destination.count(Count.FIRST_ATTEMPTS)).isEqualTo(1);
    }

    @Test
    void a_guess_counts_once_for_the_account_and_for_the_client() {
        // When
        Tallies tallies = Tallies.of("guessing.log");

        // Then: five sessions, of which one met a broken authentication service after its password was refused
        Tally client = tallies.of(Watch.CLIENT, "203.0.113.159");
        Tally account = tallies.of(Watch.ACCOUNT, "karen.vogel@example.com");
        assertThat(account.count(Count.AUTH_FAILURES)).isEqualTo(client.count(Count.AUTH_FAILURES));
        assertThat(client.count(Count.AUTH_FAILURES)).isEqualTo(client.count(Count.DISCONNECTS));
        assertThat(client.count(Count.AUTH_ERRORS)).isEqualTo(1);
        assertThat(account.distinct(Distinct.FAILURE_CLIENTS)).isEqualTo(1);
    }

    @Test
    void a_guess_counts_for_the_server_that_refused_it_and_for_the_system_that_it_came_from() {
        // When
        Tallies tallies = Tallies.of("guessing.log");

        // Then
        String host = tallies.names(Watch.SERVER).get(0);
        assertThat(tallies.of(Watch.SERVER, host).distinct(Distinct.FAILURE_CLIENTS))
                .isEqualTo(tallies.names(Watch.CLIENT).size());
        assertThat(tallies.of(Watch.SERVER, host).samples(Count.AUTH_FAILURES)).isNotEmpty();
        assertThat(tallies.of(Watch.SERVER, host).topNames("refused:", 1)).containsExactly("203.0.113.159");
        assertThat(tallies.of(Watch.SERVER, host).distinct(Distinct.FAILURE_ACCOUNTS_BY_CLIENTS))
                .isEqualTo(1);
        assertThat(tallies.of(Watch.SERVER, host).distinct(Distinct.HASHED_ACCOUNTS))
                .isZero();
        assertThat(tallies.of(Watch.ACCOUNT, "karen.vogel@example.com")
                        .sketch(Distinct.FAILURE_SYSTEMS)
                        .mayHold("203.0"))
                .isTrue();
    }

    @Test
    void every_connection_of_a_flood_counts_refused_or_not() {
        // When
        Tally client = Tallies.of("flood.log").of(Watch.CLIENT, "203.0.113.177");

        // Then
        assertThat(client.count(Count.CONNECTS))
                .isEqualTo(RecordedLog.parsed("flood.log").stream()
                        .filter(event -> event.rule().equals("smtpd/connect"))
                        .count());
        assertThat(client.count(Count.CONCURRENCY_LIMITS)).isPositive();
        assertThat(client.count(Count.EMPTY_SESSIONS)).isPositive();
        assertThat(client.peak(Peak.CONCURRENCY)).isBetween(9L, 20L);
        assertThat(client.samples(Count.CLIENT_LIMITS)).isNotEmpty();
        assertThat(client.topNames("service:", 1)).containsExactly("smtp");
    }

    @Test
    void refused_connections_count_for_the_destination_once_each_whichever_relay_it_was() {
        // When
        Tally destination = Tallies.of("deferred-and-retried.log").of(Watch.DESTINATION, "bigmail.example");

        // Then: two passes in which both relays refused, two recipients each
        assertThat(destination.count(Count.DELIVERIES)).isEqualTo(8);
        assertThat(destination.count(Count.NOT_TRIED)).isEqualTo(2);
        assertThat(destination.count(Count.ATTEMPTS)).isEqualTo(6);
        assertThat(destination.count(Count.THROTTLED)).isEqualTo(4);
        assertThat(destination.count(Count.THROTTLED_CONNECTIONS)).isEqualTo(4);
        assertThat(destination.count(Count.AT_CONNECT)).isEqualTo(4);
        assertThat(destination.count(Count.SETUP_FAST)).isEqualTo(4);
        assertThat(destination.count(Count.RETRIED_SENT)).isEqualTo(2);
        assertThat(destination.distinct(Distinct.QUEUE_IDS)).isEqualTo(1);
        assertThat(destination.peak(Peak.ATTEMPTS_PER_MESSAGE)).isEqualTo(4);
        assertThat(destination.topNames("relay:", 1)).containsExactly("mx2.bigmail.example[192.0.2.26]");
        assertThat(destination.topNames("reply:", 1))
                .containsExactly("421 4.7.0 mx#.bigmail.example Error: too many connections from #.#.#.#, try agai");
    }

    @Test
    void a_bounce_counts_for_the_account_and_its_notice_for_nobody() {
        // When
        Tallies postfix = Tallies.of("bounce.log");
        Tallies exim = Tallies.of("exim-submission.log");

        // Then
        for (Tallies tallies : List.of(postfix, exim)) {
            Tally account = tallies.of(Watch.ACCOUNT, "quinn.petit@example.com");
            assertThat(account.count(Count.BOUNCED)).isEqualTo(1);
            assertThat(account.count(Count.BOUNCED_SPAM)).isEqualTo(1);
            assertThat(account.count(Count.MESSAGES)).isEqualTo(1);
            assertThat(tallies.names(Watch.SENDER)).containsExactly("quinn.petit@example.com");
            assertThat(tallies.names(Watch.DESTINATION)).containsExactly("bigmail.example");
            assertThat(tallies.names(Watch.ACCOUNT)).containsExactly("quinn.petit@example.com");
        }
    }

    @Test
    void a_script_is_an_account_of_its_host() {
        // When
        Tally account = Tallies.of("exim-script.log").of(Watch.ACCOUNT, "shop@mail");

        // Then
        assertThat(account.count(Count.SCRIPT_MESSAGES)).isEqualTo(1);
        assertThat(account.topNames("script:", 1)).containsExactly("/home/shop/public_html");
    }

    @Test
    void a_line_in_doubt_counts_for_the_server_alone() {
        // Given
        List<Event> doubtful =
                RecordedLog.enriched("submission.log", "guessing.log", "deferred-and-retried.log").stream()
                        .map(event ->
                                event.toBuilder().put(Field.AMBIGUOUS, true).build())
                        .toList();

        // When
        Tallies tallies = Tallies.of(doubtful);

        // Then
        assertThat(tallies.all().keySet()).allMatch(key -> key.startsWith("SERVER "));
    }

    @Test
    void a_line_opens_five_tallies_at_most() {
        // Given
        List<Event> events = RecordedLog.enriched("submission.log", "flood.log", "exim-submission.log");

        // When
        Tallies tallies = Tallies.of(events);

        // Then
        assertThat(tallies.opened()).isLessThan(events.size() * 5);
    }

    @Property(tries = 20)
    void the_order_in_which_events_come_changes_no_sum(@ForAll long seed) {
        List<Event> events =
                RecordedLog.enriched("submission.log", "guessing.log", "deferred-and-retried.log", "bounce.log");
        List<Event> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(seed));

        Tallies one = Tallies.of(events);
        Tallies other = Tallies.of(shuffled);

        assertThat(other.all().keySet()).isEqualTo(one.all().keySet());
        one.all().forEach((key, tally) -> {
            for (Count count : Count.values()) {
                assertThat(other.byKey(key).count(count)).isEqualTo(tally.count(count));
            }
        });
    }
}
