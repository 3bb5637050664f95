package postwarden.notify;

import java.time.Duration;
import java.util.Set;
import postwarden.detect.Severity;

/**
 * Who is told of alerts, and how stubbornly.
 *
 * @param groupId prefix of the consumer groups, one for each receiver, 1 to 100 characters; default postwarden-notify
 * @param lookBack how far back a group begins that has never read, 0 s to 30 d; default 1 h: a new receiver is told what is going
 *     on, and not the year's history
 * @param timeout for a connection and for an answer, 1 s to 20 s; default 10 s. Five records wait for three calls each at most, which
 *     must stay below Kafka's max.poll.interval.ms of 5 min
 * @param firstPause before a second attempt, 10 ms to 1 min; default 1 s; doubled with each further one
 * @param longestPause between attempts, 100 ms to 1 h; default 1 min: a receiver that is back is used within it
 * @param patience how long a receiver may refuse us (not the message), as with a wrong key, before messages are given up, 0 s to
 *     7 d; default 1 h: time to mend a key
 * @param allowedHosts the only hosts that are ever connected to; default those of PagerDuty and Slack
 * @param consoleUrl where a person finds an incident, {@code …/incidents/ID} below it; empty for no links
 */
public record NotifyParams(
        String groupId,
        Duration lookBack,
        Duration timeout,
        Duration firstPause,
        Duration longestPause,
        Duration patience,
        Set<String> allowedHosts,
        String consoleUrl,
        PagerDutyParams pagerduty,
        TheHiveParams thehive,
        SlackParams slack) {
    public static final NotifyParams STANDARD = new NotifyParams(
            "postwarden-notify",
            Duration.ofHours(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Set.of("events.pagerduty.com", "events.eu.pagerduty.com", "hooks.slack.com"),
            "",
            PagerDutyParams.OFF,
            TheHiveParams.OFF,
            SlackParams.OFF);

    private static final int LONGEST_GROUP = 100;

    public NotifyParams {
        allowedHosts = Set.copyOf(allowedHosts);
        if (groupId.isBlank() || groupId.length() > LONGEST_GROUP) {
            throw new IllegalArgumentException(
                    "groupId must be 1 to " + LONGEST_GROUP + " characters, not '" + groupId + "'");
        }
        check("lookBack", lookBack, Duration.ZERO, Duration.ofDays(30));
        check("timeout", timeout, Duration.ofSeconds(1), Duration.ofSeconds(20));
        check("firstPause", firstPause, Duration.ofMillis(10), Duration.ofMinutes(1));
        check("longestPause", longestPause, Duration.ofMillis(100), Duration.ofHours(1));
        check("patience", patience, Duration.ZERO, Duration.ofDays(7));
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("longestPause must not be below first-pause");
        }
    }

    /** Whether anybody is to be told. */
    public boolean isAnybodyTold() {
        return !pagerduty.routingKeyFile().isEmpty()
                || !thehive.url().isEmpty()
                || !slack.urlFile().isEmpty();
    }

    /**
     * PagerDuty, Events API v2.
     *
     * @param url default https://events.pagerduty.com/v2/enqueue; for the EU https://events.eu.pagerduty.com/v2/enqueue
     * @param routingKeyFile holds the integration's key; empty (default) for none
     * @param leastSeverity of what wakes somebody; default HIGH
     */
    public record PagerDutyParams(String url, String routingKeyFile, String leastSeverity) {
        static final PagerDutyParams OFF =
                new PagerDutyParams("https://events.pagerduty.com/v2/enqueue", "", Severity.HIGH.name());

        public PagerDutyParams {
            severity(leastSeverity);
        }
    }

    /**
     * TheHive 5, alerts.
     *
     * @param url of TheHive, such as https://thehive.example.com; empty (default) for none
     * @param apiKeyFile holds the key of a user who may create and change alerts
     * @param leastSeverity default MEDIUM
     * @param resolvedStatus the status that an alert gets when the incident is over, as that TheHive calls it; empty (default)
     *     leaves it to the analyst, and only the tag {@code state:resolved} says so
     */
    public record TheHiveParams(String url, String apiKeyFile, String leastSeverity, String resolvedStatus) {
        static final TheHiveParams OFF = new TheHiveParams("", "", Severity.MEDIUM.name(), "");

        public TheHiveParams {
            severity(leastSeverity);
        }
    }

    /**
     * Slack, incoming webhook.
     *
     * @param urlFile holds the webhook's address, which is its secret; empty (default) for none
     * @param leastSeverity default MEDIUM
     */
    public record SlackParams(String urlFile, String leastSeverity) {
        static final SlackParams OFF = new SlackParams("", Severity.MEDIUM.name());

        public SlackParams {
            severity(leastSeverity);
        }
    }

    /** The severity of that name. @throws IllegalArgumentException for any other text */
    static Severity severity(String name) {
        try {
            return Severity.valueOf(name);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "leastSeverity must be INFO, LOW, MEDIUM, HIGH or CRITICAL, not '" + name + "'", unknown);
        }
    }

    private static void check(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " must be " + words(least) + " to " + words(most) + ", not " + words(value));
        }
    }

    private static String words(Duration length) {
        return length.toMillis() % 1000 == 0 ? length.toSeconds() + " s" : length.toMillis() + " ms";
    }
}
