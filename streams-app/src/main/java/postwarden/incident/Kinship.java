package postwarden.incident;

import java.util.ArrayList;
import java.util.List;
import postwarden.detect.Finding;

/**
 * A rule that makes one page of two findings about the same key: what the child detector sees is a part of what the parent
 * detector sees. A detector is a child or a parent, never both, so that a family has two generations.
 *
 * @param adoptsCause whether the child knows the cause better than its parent does
 */
record Kinship(String child, String parent, boolean adoptsCause) {
    /** All rules. The terms that a compromised account is recognised by belong to it; so does the guessing that led to it. */
    static final List<Kinship> RULES = List.of(
            new Kinship("distributed-brute-force", "compromised-account", false),
            new Kinship("login-after-failures", "compromised-account", false),
            new Kinship("login-fan-out", "compromised-account", false),
            new Kinship("sending-burst", "compromised-account", false),
            new Kinship("unknown-recipients", "compromised-account", false),
            new Kinship("recipient-fan-out", "compromised-account", false),
            new Kinship("remote-throttle", "retry-storm", true),
            new Kinship("script-burst", "compromised-account", true),
            new Kinship("panel-limit", "compromised-account", false));

    /** Where in the desk's memory a parent of this finding would stand. */
    static List<String> parentSlots(Finding child) {
        List<String> slots = new ArrayList<>();
        for (Kinship rule : RULES) {
            if (rule.child.equals(child.detector())) {
                slots.add(Slot.of(rule.parent, child.key(), child.host()));
                if (!child.host().isEmpty()) {
                    slots.add(Slot.of(rule.parent, child.key(), ""));
                }
            }
        }
        return slots;
    }

    /** Whether one finding is a child of the other: a rule says so, the key is the same, and the parent sees the child's host. */
    static boolean holds(Finding child, Finding parent) {
        return RULES.stream()
                        .anyMatch(rule -> rule.child.equals(child.detector()) && rule.parent.equals(parent.detector()))
                && child.key().equals(parent.key())
                && (parent.host().isEmpty() || parent.host().equals(child.host()));
    }

    /** Whether the parent takes over the causes that this detector gives. */
    static boolean adoptsCauseOf(String childDetector) {
        return RULES.stream().anyMatch(rule -> rule.child.equals(childDetector) && rule.adoptsCause);
    }

    /** Whether this detector's incidents can have children. */
    static boolean canHaveChildren(String detector) {
        return RULES.stream().anyMatch(rule -> rule.parent.equals(detector));
    }
}
