package postwarden.correlate;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * How long and how much the correlator remembers. Ages are event time of the host that wrote the lines, so that a host
 * with a backlog or a wrong clock loses nothing to the others.
 *
 * @param queueAge how long a message in the queue is remembered after its last line, 1 minute to 60 days; default six
 *     days: one more than both Postfix's maximal_queue_lifetime and the last retry of Exim's default rule (5 and 4 days)
 * @param queueEntries messages remembered at once, 1,000 to 100 million; default 2,000,000: some 400 bytes each
 * @param sessionAge how long a session counts as open when nobody logs its end, 1 minute to 7 days; default 1 h: SMTP
 *     timeouts (RFC 5321, 4.5.3.2) end a silent one within minutes
 * @param traces sessions, counts and half-told attempts remembered at once, 1,000 to 100 million; default 1,000,000
 * @param attemptWindow how far apart two lines about one refused login may be, 1 s to 10 min; default 30 s: Dovecot
 *     answers up to 17 s late (auth_penalty and auth_failure_delay)
 * @param submissionWindow how long before its message the command line of a local submission may be logged, 0 to 1 min;
 *     default 1 s: Exim logs both within one process
 * @param copyWindow how far apart the copies of one line in two files may be, 0 to 1 min; default 1 s
 * @param troubleAge how long a failed relay waits for the line that tells the recipient, 1 s to 1 day; default 10 min:
 *     the sum of Postfix's connect, greeting and HELO timeouts
 * @param smarthosts relays that take mail for others, by name or address, for all hosts or as {@code host=relay} for one;
 *     default none: those that take mail for two large providers, or on a submission port, are known without
 */
public record CorrelatorParams(
        Duration queueAge,
        int queueEntries,
        Duration sessionAge,
        int traces,
        Duration attemptWindow,
        Duration submissionWindow,
        Duration copyWindow,
        Duration troubleAge,
        Set<String> smarthosts) {
    /** Smarthosts named at most; a host has one or two, and relays that are learnt need no name. */
    private static final int MOST_SMARTHOSTS = 10_000;

    public static final CorrelatorParams DEFAULT = new CorrelatorParams(
            Duration.ofDays(6),
            2_000_000,
            Duration.ofHours(1),
            1_000_000,
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            Set.of());

    public CorrelatorParams {
        within("queueAge", queueAge, Duration.ofMinutes(1), Duration.ofDays(60));
        within("queueEntries", queueEntries);
        within("sessionAge", sessionAge, Duration.ofMinutes(1), Duration.ofDays(7));
        within("traces", traces);
        within("attemptWindow", attemptWindow, Duration.ofSeconds(1), Duration.ofMinutes(10));
        within("submissionWindow", submissionWindow, Duration.ZERO, Duration.ofMinutes(1));
        within("copyWindow", copyWindow, Duration.ZERO, Duration.ofMinutes(1));
        within("troubleAge", troubleAge, Duration.ofSeconds(1), Duration.ofDays(1));
        smarthosts = Set.copyOf(smarthosts);
        if (smarthosts.size() > MOST_SMARTHOSTS || smarthosts.stream().anyMatch(CorrelatorParams::isNoRelay)) {
            throw new IllegalArgumentException("smarthosts must be at most " + MOST_SMARTHOSTS
                    + " of NAME, IP, HOST=NAME and HOST=IP in lower case, without blanks, not " + smarthosts);
        }
    }

    private static boolean isNoRelay(String entry) {
        String relay = entry.substring(entry.indexOf('=') + 1);
        return relay.isEmpty()
                || entry.startsWith("=")
                || entry.chars().anyMatch(c -> c <= ' ')
                || !relay.equals(relay.toLowerCase(Locale.ROOT));
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }

    private static void within(String name, int value) {
        if (value < 1_000 || value > 100_000_000) {
            throw new IllegalArgumentException(name + " must be 1000 to 100000000, not " + value);
        }
    }
}
