package postwarden.evaluate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Reason;

/**
 * A rule of somebody else: so many of something by one key of one host within a time.
 *
 * @param name as the report prints it
 * @param claims kinds that it is meant to find
 * @param key whom it counts for; empty text for nobody
 * @param many how many an event counts for
 * @param threshold from how many on it speaks
 * @param places from how many different /24 networks; 1 for a rule that does not look at them
 */
record FixedRule(
        String name,
        Set<String> claims,
        Function<Event, String> key,
        ToLongFunction<Event> many,
        long threshold,
        int places,
        Duration window) {
    private static final Set<String> GUESSING =
            Set.of("brute-force", "distributed-brute-force", "password-spray", "login-after-failures");
    private static final Set<String> SENDING = Set.of("sending-burst", "recipient-fan-out", "compromised-account");

    /** The rules that administrators run today, with the numbers that their documentation has. */
    static final List<FixedRule> ALL = List.of(
            guesses("fail2ban 5/10m", 5, Duration.ofMinutes(10)),
            guesses("CrowdSec 5/10s", 5, Duration.ofSeconds(10)),
            guesses("CrowdSec 3/360s", 3, Duration.ofSeconds(360)),
            guesses("Wazuh 8/120s", 8, Duration.ofSeconds(120)),
            new FixedRule("LFD 100 mails/h", SENDING, FixedRule::sender, event -> 1, 101, 1, Duration.ofHours(1)),
            new FixedRule(
                    "LFD 5 logins, 3 nets/300s",
                    Set.of("login-fan-out", "compromised-account"),
                    FixedRule::login,
                    event -> 1,
                    5,
                    3,
                    Duration.ofSeconds(300)),
            new FixedRule(
                    "cPanel 500 rcpt/h",
                    SENDING,
                    FixedRule::sender,
                    event -> Math.max(1, event.number(Field.RECIPIENT_COUNT, 1)),
                    501,
                    1,
                    Duration.ofHours(1)),
            new FixedRule(
                    "Lena 100 unknown/h",
                    Set.of("unknown-recipients", "compromised-account"),
                    FixedRule::misaddressed,
                    event -> 1,
                    100,
                    1,
                    Duration.ofHours(1)),
            new FixedRule(
                    "cron 20 refusals/10m",
                    Set.of("connection-flood", "client-limit", "server-limit", "load-shedding"),
                    FixedRule::refused,
                    event -> event.weight(),
                    21,
                    1,
                    Duration.ofMinutes(10)));

    private static final Map<String, FixedRule> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(FixedRule::name, Function.identity()));

    /** Whether somebody who speaks is one of these rules. */
    static boolean isOne(String detector) {
        return BY_NAME.containsKey(detector);
    }

    /** Whether it is a rule that is meant to find this kind. */
    static boolean claims(String detector, String kind) {
        FixedRule rule = BY_NAME.get(detector);
        return rule != null && rule.claims().contains(kind);
    }

    private static FixedRule guesses(String name, int threshold, Duration window) {
        return new FixedRule(name, GUESSING, FixedRule::guesser, FixedRule::guesses, threshold, 1, window);
    }

    private static String guesser(Event event) {
        return event.is(Kind.AUTH_FAILURE) && guesses(event) > 0 ? event.text(Field.CLIENT_IP, "") : "";
    }

    private static long guesses(Event event) {
        return event.number(
                Field.FRESH_FOR_CLIENT, event.number(Field.FRESH_ATTEMPTS, event.number(Field.ATTEMPTS, 1)));
    }

    private static String sender(Event event) {
        boolean accepted = (event.is(Kind.RECEIVED) || event.is(Kind.QUEUE_ACTIVE)) && event.has(Field.FIRST);
        return accepted ? event.text(Field.ACCOUNT, "") : "";
    }

    private static String login(Event event) {
        return event.has(Field.LOGIN) && event.has(Field.CLIENT_IP) ? event.text(Field.ACCOUNT, "") : "";
    }

    private static String misaddressed(Event event) {
        return event.is(Kind.DELIVERY) && event.reason() == Reason.UNKNOWN_RECIPIENT
                ? event.text(Field.ACCOUNT, "")
                : "";
    }

    /** The whole host: this one counts lines of a file. */
    private static String refused(Event event) {
        return event.is(Kind.CONNECTION_LIMIT) && !event.says(Field.LIMIT, Limit.QUEUE_ONLY) ? event.host() : "";
    }
}
