package postwarden.incident;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Finding;
import postwarden.detect.Severity;
import postwarden.tally.Key;
import postwarden.tally.Sample;
import postwarden.tally.Watch;

/**
 * A rule that makes one page of two findings: what the child detector sees is a part of what the parent detector sees. A child
 * has one parent; where a parent may itself become a child, its children may belong to that one's parent as well.
 *
 * @param adoptsCause whether the child knows the cause better than its parent does
 * @param ofCause the child's likeliest cause, without which it is another trouble of the same key; empty for any
 * @param reach where the parent is looked for
 */
record Kinship(String child, String parent, boolean adoptsCause, String ofCause, Reach reach) {
    /** Whose child a finding can be. */
    enum Reach {
        /** Of one about the same key. */
        SAME_KEY,
        /** The child is about a server, the parent about the account that it names as the sender. */
        ITS_SENDER,
        /** Of one about the server on which the child was seen. */
        ITS_SERVER,
        /** The child is about somebody, the parent about a server that its evidence is from, and their causes are the same. */
        ITS_CAMPAIGN,
        /** The child is about a server, the parent about somebody on it. */
        ON_SERVER,
        /** The same, as long as the parent is HIGH: somebody who guesses twice a minute takes nobody's slots. */
        FIERCE_ON_SERVER,
        /** The same, as long as the parent began first: what follows from something does not come before it. */
        FOLLOWS_ON_SERVER
    }

    /** How much earlier a beginning may seem than it was: detectors date it to panes, by the bulk of what they count. */
    private static final Duration DATED = Duration.ofMinutes(2);

    /**
     * All rules. The terms that a compromised account is recognised by belong to it; so does the guessing that led to it. Accounts
     * that are guessed hard while many of their host are, are a part of that campaign. What a
     * daemon says of its limits belongs to whoever drives it to them. A burst to a list whose addresses are dead is that list's.
     * Whose mail it is that others wait behind is told by what is wrong with the sender, where that is known. Destinations that fail
     * with all others, or refuse a host for the name that a thief gave it, have no trouble of their own.
     */
    static final List<Kinship> RULES = List.of(
            new Kinship("distributed-brute-force", "compromised-account", false),
            new Kinship("distributed-brute-force", "password-spray", false, Reach.ITS_CAMPAIGN),
            new Kinship("login-after-failures", "compromised-account", false),
            new Kinship("login-fan-out", "compromised-account", false),
            new Kinship("sending-burst", "compromised-account", false),
            new Kinship("unknown-recipients", "compromised-account", false),
            new Kinship("recipient-fan-out", "compromised-account", false),
            new Kinship("remote-throttle", "retry-storm", true),
            new Kinship("remote-throttle", "egress-blocked", false, "NETWORK", Reach.ITS_SERVER),
            new Kinship("retry-storm", "egress-blocked", false, "NETWORK", Reach.ITS_SERVER),
            new Kinship("remote-throttle", "reputation-shift", false, "REPUTATION", Reach.ITS_SERVER),
            new Kinship("retry-storm", "reputation-shift", false, "REPUTATION", Reach.ITS_SERVER),
            new Kinship("client-limit", "connection-flood", false),
            new Kinship("client-limit", "distributed-flood", false, Reach.ITS_SERVER),
            new Kinship("ftp-limit", "connection-flood", false),
            new Kinship("slot-hoarding", "connection-flood", true),
            new Kinship("server-limit", "connection-flood", false, Reach.ON_SERVER),
            new Kinship("server-limit", "distributed-flood", false),
            new Kinship("server-limit", "load-shedding", false),
            new Kinship("queue-only", "load-shedding", false),
            new Kinship("handshake-churn", "distributed-flood", false),
            new Kinship("client-limit", "brute-force", false),
            new Kinship("ftp-limit", "brute-force", false),
            new Kinship("slot-hoarding", "brute-force", false),
            new Kinship("server-limit", "brute-force", false, Reach.FIERCE_ON_SERVER),
            new Kinship("connection-flood", "brute-force", false, "PASSWORD_GUESSING"),
            new Kinship("cardinality", "password-spray", false, "RANDOM_ACCOUNTS"),
            new Kinship("script-burst", "compromised-account", true),
            new Kinship("script-burst", "compromised-account", false, "SENDER_BEHIND_RELAY", Reach.ITS_SENDER),
            new Kinship("script-burst", "sending-burst", false, "SENDER_BEHIND_RELAY", Reach.ITS_SENDER),
            new Kinship("script-burst", "recipient-fan-out", false, "SENDER_BEHIND_RELAY", Reach.ITS_SENDER),
            new Kinship("script-burst", "unknown-recipients", false, "SENDER_BEHIND_RELAY", Reach.ITS_SENDER),
            new Kinship("panel-limit", "compromised-account", false),
            new Kinship("sending-burst", "unknown-recipients", false),
            new Kinship("recipient-fan-out", "unknown-recipients", false),
            new Kinship("dominant-sender", "compromised-account", false, Reach.ITS_SENDER),
            new Kinship("dominant-sender", "script-burst", false, Reach.ITS_SENDER),
            new Kinship("dominant-sender", "sending-burst", false, Reach.ITS_SENDER),
            new Kinship("dominant-sender", "recipient-fan-out", false, Reach.ITS_SENDER),
            new Kinship("dominant-sender", "unknown-recipients", false, Reach.ITS_SENDER),
            new Kinship("reputation-shift", "compromised-account", false, Reach.FOLLOWS_ON_SERVER),
            new Kinship("remote-throttle", "compromised-account", false, "REPUTATION", Reach.FOLLOWS_ON_SERVER),
            new Kinship("retry-storm", "compromised-account", false, "REPUTATION", Reach.FOLLOWS_ON_SERVER));

    /** The same key, whatever the cause. */
    Kinship(String child, String parent, boolean adoptsCause) {
        this(child, parent, adoptsCause, "", Reach.SAME_KEY);
    }

    /** The same key, and the child has this cause. */
    Kinship(String child, String parent, boolean adoptsCause, String ofCause) {
        this(child, parent, adoptsCause, ofCause, Reach.SAME_KEY);
    }

    /** Elsewhere, whatever the cause. */
    Kinship(String child, String parent, boolean adoptsCause, Reach reach) {
        this(child, parent, adoptsCause, "", reach);
    }

    /** Where in the desk's memory a parent of this finding would stand, as far as its key tells. */
    static List<String> parentSlots(Finding child) {
        List<String> slots = new ArrayList<>();
        for (Kinship rule : RULES) {
            if (rule.isAbout(child)) {
                rule.addSlots(child, slots);
            }
        }
        return slots;
    }

    /** Whether a parent of this detector's findings may be about a key that they do not tell. */
    static boolean mayBelongToAnyOnServer(String childDetector) {
        return RULES.stream().anyMatch(rule -> rule.child.equals(childDetector) && rule.isOnServer());
    }

    /** Whether one incident is a child of the other: a rule says so, and the parent is within its reach. */
    static boolean holds(Incident child, Incident parent) {
        return RULES.stream().anyMatch(rule -> rule.holdsOf(child, parent));
    }

    private boolean holdsOf(Incident childIncident, Incident parentIncident) {
        return isAbout(childIncident.latest())
                && parent.equals(parentIncident.detector())
                && reaches(childIncident.latest(), parentIncident.latest())
                && isInOrder(childIncident, parentIncident);
    }

    /** By their beginnings, as they were told at first: those of later findings move on. */
    private boolean isInOrder(Incident child, Incident parent) {
        return reach != Reach.FOLLOWS_ON_SERVER || !child.onset().plus(DATED).isBefore(parent.onset());
    }

    private boolean isAbout(Finding finding) {
        return child.equals(finding.detector()) && (ofCause.isEmpty() || ofCause.equals(finding.cause()));
    }

    /** Whether the parent takes over the causes that this child of its gives. */
    static boolean adoptsCause(Incident child, Incident parent) {
        return RULES.stream().anyMatch(rule -> rule.adoptsCause && rule.holdsOf(child, parent));
    }

    /** Whether this detector's incidents can have children. */
    static boolean canHaveChildren(String detector) {
        return RULES.stream().anyMatch(rule -> rule.parent.equals(detector));
    }

    private void addSlots(Finding child, List<String> slots) {
        switch (reach) {
            case SAME_KEY -> {
                slots.add(Slot.of(parent, child.key(), child.host()));
                if (!child.host().isEmpty()) {
                    slots.add(Slot.of(parent, child.key(), ""));
                }
            }
            case ITS_SENDER -> {
                if (!child.subject().sender().isEmpty()) {
                    slots.add(Slot.of(parent, sender(child), ""));
                    slots.add(Slot.of(parent, sender(child), child.host()));
                }
            }
            case ITS_SERVER -> {
                if (!child.host().isEmpty()) {
                    slots.add(Slot.of(parent, server(child), child.host()));
                }
            }
            case ITS_CAMPAIGN ->
                child.evidence().stream()
                        .map(Sample::host)
                        .distinct()
                        .forEach(host -> slots.add(Slot.of(parent, server(child, host), host)));
            case ON_SERVER, FIERCE_ON_SERVER, FOLLOWS_ON_SERVER -> {
                // The key of whoever it is cannot be told from the server.
            }
        }
    }

    private boolean reaches(Finding childFinding, Finding parentFinding) {
        return switch (reach) {
            case SAME_KEY ->
                childFinding.key().equals(parentFinding.key())
                        && (parentFinding.host().isEmpty()
                                || parentFinding.host().equals(childFinding.host()));
            case ITS_SENDER ->
                parentFinding.key().equals(sender(childFinding))
                        && (parentFinding.host().isEmpty()
                                || parentFinding.host().equals(childFinding.host()));
            case ITS_SERVER ->
                parentFinding.key().equals(server(childFinding))
                        && parentFinding.host().equals(childFinding.host());
            case ITS_CAMPAIGN ->
                parentFinding.key().equals(server(childFinding, parentFinding.host()))
                        && parentFinding.cause().equals(childFinding.cause())
                        && isSeenOn(parentFinding.host(), childFinding);
            case ON_SERVER, FOLLOWS_ON_SERVER -> isOnServer(childFinding, parentFinding);
            case FIERCE_ON_SERVER ->
                parentFinding.severity().compareTo(Severity.HIGH) >= 0 && isOnServer(childFinding, parentFinding);
        };
    }

    private boolean isOnServer() {
        return switch (reach) {
            case ON_SERVER, FIERCE_ON_SERVER, FOLLOWS_ON_SERVER -> true;
            case SAME_KEY, ITS_SENDER, ITS_SERVER, ITS_CAMPAIGN -> false;
        };
    }

    private static boolean isOnServer(Finding child, Finding parent) {
        return parent.key().tenant().equals(child.key().tenant())
                && !child.host().isEmpty()
                && isSeenOn(child.host(), parent);
    }

    /** What is about all hosts together is on those that its evidence is from. */
    private static boolean isSeenOn(String host, Finding finding) {
        return finding.host().equals(host)
                || (finding.host().isEmpty()
                        && finding.evidence().stream()
                                .anyMatch(sample -> sample.host().equals(host)));
    }

    private static Key sender(Finding child) {
        return new Key(child.key().tenant(), Watch.ACCOUNT, child.subject().sender());
    }

    private static Key server(Finding child) {
        return server(child, child.host());
    }

    private static Key server(Finding child, String host) {
        return new Key(child.key().tenant(), Watch.SERVER, host);
    }
}
