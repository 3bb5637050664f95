package postwarden.incident;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Report;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.detect.Usual;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Sample;
import postwarden.tally.Watch;

/** A finding for tests, ordinary in everything that a test does not name. */
public final class FindingBuilder {
    private final String detector;
    private final Key key;
    private final String host;
    private final Subject subject;
    private Severity severity = Severity.MEDIUM;
    private String cause = "SINGLE_SOURCE";
    private double perMinute = 100;
    private double hosts = 1;
    private long onsetPane = Long.MIN_VALUE;
    private String about = "";
    private String text = "postfix/smtpd[1]: connect from unknown[203.0.113.9]";

    private FindingBuilder(String detector, Key key, String host, Subject subject) {
        this.detector = detector;
        this.key = key;
        this.host = host;
        this.subject = subject;
    }

    public static FindingBuilder flood(String client) {
        return new FindingBuilder(
                "connection-flood", new Key("default", Watch.CLIENT, client), "mx1", Subject.client("mx1", client));
    }

    /** One host's numbers about one client. */
    static FindingBuilder clientOnServer(String detector, String client) {
        return new FindingBuilder(
                detector, new Key("default", Watch.CLIENT, client), "mx1", Subject.client("mx1", client));
    }

    /** All hosts' numbers about one client. */
    static FindingBuilder client(String detector, String client) {
        return new FindingBuilder(detector, new Key("default", Watch.CLIENT, client), "", Subject.client("", client));
    }

    static FindingBuilder server(String detector, String server) {
        return new FindingBuilder(
                detector,
                new Key("default", Watch.SERVER, server),
                server,
                new Subject(server, "", "", "", "", "", ""));
    }

    /** One server's numbers about one of its senders. */
    static FindingBuilder sender(String detector, String server, String sender) {
        return new FindingBuilder(
                detector,
                new Key("default", Watch.SERVER, server),
                server,
                new Subject(server, "", "", sender, "", "", ""));
    }

    public static FindingBuilder account(String detector, String account) {
        return new FindingBuilder(detector, new Key("default", Watch.ACCOUNT, account), "", Subject.account(account));
    }

    public static FindingBuilder destination(String detector, String destination) {
        return new FindingBuilder(
                detector,
                new Key("default", Watch.DESTINATION, destination),
                "out1",
                Subject.destination("out1", destination));
    }

    FindingBuilder ofTenant(String tenant) {
        return new FindingBuilder(detector, new Key(tenant, key.watch(), key.name()), host, subject);
    }

    public FindingBuilder severity(Severity value) {
        severity = value;
        return this;
    }

    FindingBuilder cause(String value) {
        cause = value;
        return this;
    }

    FindingBuilder perMinute(double value) {
        perMinute = value;
        return this;
    }

    FindingBuilder hosts(double value) {
        hosts = value;
        return this;
    }

    FindingBuilder since(long pane) {
        onsetPane = pane;
        return this;
    }

    /** Of one of the many that the key stands for. */
    FindingBuilder about(String whom) {
        about = whom;
        return this;
    }

    public FindingBuilder line(String value) {
        text = value;
        return this;
    }

    Report.Found at(long pane) {
        return new Report.Found(finding(pane));
    }

    Report.Over over(long pane, long lastSeenPane) {
        return new Report.Over(detector, key, host, pane, lastSeenPane, about);
    }

    public Finding finding(long pane) {
        Instant onset = Pane.start(onsetPane == Long.MIN_VALUE ? pane - 2 : onsetPane);
        return new Finding(
                detector,
                1,
                key,
                host,
                pane,
                subject,
                onset,
                severity,
                0.9,
                List.of(new Cause(cause, 0.9, "because of " + cause), new Cause("NAT", 0.1, "one address")),
                detector + " at " + key.name(),
                detector + " is seen at " + key.name() + ".",
                new TreeMap<>(Map.of("eventsPerMinute", perMinute, "hosts", hosts)),
                new TreeMap<>(Map.of("eventsPerMinute", 60.0)),
                Map.of("eventsPerMinute", new Usual(7, 22, 140, 0.8)),
                List.of(new Sample(Count.CONNECTS, onset, "mx1", "/var/log/mail.log", 120, 3, 456, text)),
                List.of(new Advice("Limit it", List.of("postconf -e x=1"), "look", "postconf -e x=2", List.of("no"))),
                "T1499.002",
                false,
                List.of(),
                about);
    }
}
