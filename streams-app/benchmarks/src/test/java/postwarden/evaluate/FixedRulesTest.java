package postwarden.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.event.LogRecord;
import postwarden.event.Source;

class FixedRulesTest {
    private static final Instant START = Instant.parse("2026-11-16T09:00:00Z");

    private final FixedRules rules = new FixedRules();
    private long offset;

    @Test
    void five_guesses_of_an_address_within_ten_minutes_are_told_once() {
        // Given
        for (int guess = 0; guess < 12; guess++) {
            rules.take(guess(START.plusSeconds(100L * guess), "246.0.0.1"));
        }

        // When
        List<Notice> told = told("fail2ban 5/10m");

        // Then
        assertThat(told).singleElement().satisfies(notice -> {
            assertThat(notice.told()).isEqualTo(START.plusSeconds(400));
            assertThat(notice.subjects()).containsExactly("246.0.0.1");
            assertThat(notice.server()).isEqualTo("mx1");
        });
    }

    @Test
    void guesses_further_apart_or_of_different_addresses_are_not() {
        // Given
        for (int guess = 0; guess < 20; guess++) {
            rules.take(guess(START.plus(Duration.ofMinutes(3L * guess)), "246.0.0.1"));
            rules.take(guess(START.plus(Duration.ofMinutes(3L * guess)), "246.0.1." + guess));
        }

        // When
        List<Notice> told = told("fail2ban 5/10m");

        // Then
        assertThat(told).isEmpty();
    }

    @Test
    void an_address_that_comes_again_after_an_hour_of_silence_is_told_again() {
        // Given
        for (int guess = 0; guess < 6; guess++) {
            rules.take(guess(START.plusSeconds(guess), "246.0.0.1"));
        }
        for (int guess = 0; guess < 6; guess++) {
            rules.take(guess(START.plus(Duration.ofHours(3)).plusSeconds(guess), "246.0.0.1"));
        }

        // When
        List<Notice> told = told("CrowdSec 5/10s");

        // Then
        assertThat(told).hasSize(2);
    }

    private List<Notice> told(String rule) {
        return rules.tell(START.plus(Duration.ofDays(1))).stream()
                .filter(notice -> notice.detector().equals(rule))
                .toList();
    }

    /** As Dovecot says it, in one line. */
    private LogRecord.Line guess(Instant at, String ip) {
        String message = "imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<info>,"
                + " method=PLAIN, rip=" + ip + ", lip=192.0.2.1, TLS, session=<" + offset + "abc>";
        String header = at + " mx1 dovecot: ";
        offset += 200;
        Source source = new Source("/var/log/mail.log", "mx1-1", offset, offset + 200, -1, -1);
        return new LogRecord.Line("default", "mx1", "dovecot", -1, at, header, message, source);
    }
}
