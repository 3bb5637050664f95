package postwarden.ask;

import java.util.Locale;

/** Families of detectors, as the catalogue of detectors orders them. */
public enum Trouble {
    /** Sessions that come too many, too fast or stay too long. */
    FLOOD,
    /** Limits of our own that were met. */
    LIMIT,
    /** Guessing, and what was guessed. */
    LOGIN,
    /** What an account or a script sends. */
    SENDING,
    /** What other sides do not take. */
    DELIVERY,
    /** One mailbox that is drowned. */
    BOMBING,
    /** What the watching itself is hindered by. */
    SENSOR,
    /** Of a detector that is in none of these. */
    OTHER;

    /** The family of a detector. */
    public static Trouble of(String detector) {
        return switch (detector) {
            case "connection-flood", "distributed-flood", "handshake-churn", "slot-hoarding" -> FLOOD;
            case "client-limit",
                    "server-limit",
                    "queue-only",
                    "load-shedding",
                    "queue-io",
                    "ftp-limit",
                    "mailbox-limit",
                    "polling-client" -> LIMIT;
            case "brute-force",
                    "distributed-brute-force",
                    "password-spray",
                    "stale-credential",
                    "login-after-failures",
                    "login-fan-out" -> LOGIN;
            case "sending-burst",
                    "unknown-recipients",
                    "recipient-fan-out",
                    "script-burst",
                    "mail-loop",
                    "compromised-account",
                    "dominant-sender",
                    "panel-limit" -> SENDING;
            case "remote-throttle",
                    "retry-storm",
                    "destination-cap",
                    "queue-age",
                    "starvation",
                    "self-inflicted",
                    "reuse-collapse",
                    "setup-latency",
                    "address-family",
                    "path-trouble",
                    "reputation-shift",
                    "cadence-change",
                    "egress-blocked" -> DELIVERY;
            case "email-bombing" -> BOMBING;
            case "blind-spot",
                    "restart",
                    "capacity-trend",
                    "clock-skew",
                    "log-gap",
                    "host-silent",
                    "shared-identity",
                    "cardinality",
                    "alert-storm" -> SENSOR;
            default -> OTHER;
        };
    }

    /** Its name in answers, such as {@code flood}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
