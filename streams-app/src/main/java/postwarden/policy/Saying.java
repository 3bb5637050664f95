package postwarden.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A remark and what it is about, as the policy topic keeps it: one record of each incident and aspect.
 *
 * @param incident its id, 1 to 36 of a-z, A-Z, 0-9 and '-'
 * @param until before which the topic keeps it, after which it may be removed; at most {@link Allowance#LONGEST} behind the
 *     remark
 */
public record Saying(String tenant, String incident, Remark remark, Instant until) implements Decision {
    private static final int INCIDENT_LIMIT = 36;

    /** @throws IllegalArgumentException naming what is wrong, which value and why */
    public Saying {
        until = until.truncatedTo(ChronoUnit.MILLIS);
        if (incident.isEmpty()
                || incident.length() > INCIDENT_LIMIT
                || !incident.chars().allMatch(Saying::isIdCharacter)) {
            throw new IllegalArgumentException("incident must be 1 to " + INCIDENT_LIMIT
                    + " of a-z, A-Z, 0-9 and '-', not '" + NamePattern.shown(incident) + "'");
        }
        if (!until.isAfter(remark.at()) || Duration.between(remark.at(), until).compareTo(Allowance.LONGEST) > 0) {
            throw new IllegalArgumentException("until must be after " + remark.at() + " and at most "
                    + Allowance.LONGEST.toDays() + " days after it, not " + until);
        }
    }

    /** An aspect's word of an incident has one place, and no dot is in an incident's id. */
    @Override
    public String id() {
        return incident + "." + remark.aspect().wireName();
    }

    private static boolean isIdCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }
}
