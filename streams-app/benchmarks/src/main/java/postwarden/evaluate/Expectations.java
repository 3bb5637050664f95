package postwarden.evaluate;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import postwarden.detect.Severity;

/** The table of what may be said about what: the catalogue of detectors, 5.1 to 5.4 and 5.6. */
final class Expectations {
    /** Windows of some detectors are an hour long. */
    private static final Duration HOUR = Duration.ofHours(1);

    /** What is said of an account that sends too much, whoever does it. */
    private static final String SENDING =
            "sending-burst unknown-recipients recipient-fan-out dominant-sender remote-throttle retry-storm queue-age"
                    + " starvation reputation-shift cadence-change reuse-collapse panel-limit";

    private static final String FLOODING =
            "connection-flood client-limit server-limit queue-only slot-hoarding handshake-churn cardinality";
    private static final String GUESSING =
            "brute-force distributed-brute-force password-spray login-after-failures connection-flood cardinality";
    private static final String REMOTE =
            "remote-throttle retry-storm destination-cap queue-age starvation self-inflicted reuse-collapse setup-latency"
                    + " path-trouble reputation-shift dominant-sender cadence-change";

    private static final Map<String, Expectation> ALL = Map.ofEntries(
            is("connection-flood", "connection-flood", FLOODING),
            is("distributed-flood", "distributed-flood", FLOODING),
            is("handshake-churn", "handshake-churn", "", "distributed-flood"),
            is("slot-hoarding", "slot-hoarding", FLOODING),
            is("client-limit", "client-limit", "connection-flood slot-hoarding"),
            is("server-limit", "server-limit", "client-limit"),
            is("queue-only", "queue-only", "server-limit"),
            is("load-shedding", "load-shedding", "", "server-limit"),
            is("ftp-limit", "ftp-limit", ""),
            is("mailbox-limit", "mailbox-limit", "polling-client"),
            is("polling-client", "polling-client", "mailbox-limit"),
            is("brute-force", "brute-force", GUESSING),
            is("distributed-brute-force", "distributed-brute-force compromised-account", GUESSING),
            is("password-spray", "password-spray", GUESSING),
            is("stale-credential", "stale-credential", "", "brute-force distributed-brute-force password-spray"),
            is("login-after-failures", "login-after-failures compromised-account", GUESSING),
            is("login-fan-out", "login-fan-out compromised-account", GUESSING),
            // The two are one thing seen from two sides: the same account is named, and the same is to be done.
            is("sending-burst", "sending-burst recipient-fan-out compromised-account", SENDING),
            is("unknown-recipients", "unknown-recipients compromised-account", SENDING),
            is("recipient-fan-out", "recipient-fan-out sending-burst compromised-account", SENDING),
            is("script-burst", "script-burst", SENDING + " compromised-account"),
            is("mail-loop", "mail-loop", SENDING + " script-burst email-bombing"),
            is("compromised-account", "compromised-account", SENDING + " login-fan-out " + GUESSING),
            is("dominant-sender", "dominant-sender", SENDING),
            is("panel-limit", "panel-limit", ""),
            is("email-bombing", "email-bombing", "cardinality"),
            is("remote-throttle", "remote-throttle retry-storm path-trouble reputation-shift", REMOTE),
            is("retry-storm", "retry-storm", REMOTE),
            is("egress-blocked", "egress-blocked", REMOTE),
            is("reputation-shift", "reputation-shift", REMOTE),
            not(
                    "office-nat",
                    "connection-flood brute-force distributed-brute-force compromised-account",
                    "client-limit"),
            not("monitoring-probe", "connection-flood handshake-churn slot-hoarding", "client-limit polling-client"),
            not("own-tls-broken", "distributed-flood connection-flood", "handshake-churn"),
            not("reply-wave", "distributed-flood connection-flood mail-loop", "email-bombing"),
            not("load-not-count", "server-limit client-limit connection-flood distributed-flood", "load-shedding"),
            not("changed-password", "brute-force distributed-brute-force password-spray", "stale-credential"),
            not("phone-old-password", "brute-force distributed-brute-force password-spray", "stale-credential"),
            not(
                    "shared-mailbox",
                    "distributed-brute-force brute-force password-spray login-after-failures compromised-account"
                            + " login-fan-out",
                    "stale-credential mailbox-limit"),
            not("carrier-nat", "login-fan-out compromised-account", ""),
            not("payroll", "compromised-account sending-burst recipient-fan-out", "dominant-sender cadence-change"),
            // Mail must stop all the same, so it may be told, but not as the theft of an account.
            entry(
                    "old-list",
                    not("old-list", "compromised-account", SENDING).getValue().below(Severity.HIGH)),
            not("greylisting", "remote-throttle retry-storm path-trouble", "cadence-change dominant-sender"),
            not("recovery-drain", "remote-throttle retry-storm", "path-trouble queue-age dominant-sender"),
            not("demand-growth", "remote-throttle retry-storm path-trouble", "dominant-sender cadence-change"),
            not("slow-own-dns", "remote-throttle retry-storm path-trouble", "setup-latency queue-age dominant-sender"),
            not("one-slow-site", "setup-latency remote-throttle retry-storm path-trouble", "queue-age dominant-sender"),
            not("quiet-night", "blind-spot", ""),
            not("traveller", "compromised-account login-fan-out", ""),
            not(
                    "forgetful",
                    "login-after-failures compromised-account brute-force distributed-brute-force",
                    "stale-credential"),
            not("many-windows", "mailbox-limit connection-flood compromised-account", "polling-client"),
            not("backup-reports", "script-burst sending-burst mail-loop compromised-account", "dominant-sender"),
            not(
                    "mailing-list",
                    "compromised-account mail-loop script-burst",
                    "recipient-fan-out sending-burst dominant-sender"),
            not("vacation", "mail-loop compromised-account script-burst", ""),
            not("shop-sale", "script-burst compromised-account", "dominant-sender"),
            not("sign-ups", "email-bombing mail-loop", ""),
            not("alert-mailbox", "email-bombing mail-loop connection-flood distributed-flood", ""),
            not("backscatter", "mail-loop compromised-account distributed-flood email-bombing", ""),
            not("vpn-exit", "brute-force connection-flood password-spray distributed-brute-force login-fan-out", ""),
            not("own-scanner", "distributed-flood brute-force handshake-churn", "connection-flood"),
            not("new-colleague", "compromised-account sending-burst login-fan-out", ""),
            not("ftp-parallel", "ftp-limit connection-flood brute-force", ""),
            not("bad-reception", "login-fan-out polling-client compromised-account", ""),
            not("spam-forward", "compromised-account sending-burst unknown-recipients", "reputation-shift"),
            not("full-mailboxes", "remote-throttle retry-storm path-trouble", "queue-age"));

    private Expectations() {}

    /** What may be said about this kind. @throws IllegalArgumentException when nothing is known about it */
    static Expectation of(String kind) {
        Expectation expectation = ALL.get(kind);
        if (expectation == null) {
            throw new IllegalArgumentException("nothing is expected of " + kind);
        }
        return expectation;
    }

    private static Map.Entry<String, Expectation> is(String kind, String right, String also) {
        return is(kind, right, also, "");
    }

    private static Map.Entry<String, Expectation> is(String kind, String right, String also, String never) {
        return entry(kind, new Expectation(words(right), words(also), words(never), Severity.MEDIUM, HOUR));
    }

    private static Map.Entry<String, Expectation> not(String kind, String never, String also) {
        return entry(kind, new Expectation(Set.of(), words(also), words(never), Severity.MEDIUM, HOUR));
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(text.split(" ")));
    }
}
