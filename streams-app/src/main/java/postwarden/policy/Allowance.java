package postwarden.policy;

import java.time.Duration;
import java.time.Instant;
import postwarden.detect.Finding;
import postwarden.tally.Pane;

/**
 * A decision that some findings are known and wake nobody, for a while. They are still found, counted and shown with this
 * decision beside them, so that one sees what would have been told. There is none without an end, an owner and a reason: what
 * nobody remembers to take back is how a real attack stays unseen.
 *
 * @param id within its tenant, 1 to 64 of a-z, A-Z, 0-9, '.', '_' and '-'
 * @param detector id of a detector, or a pattern of ids
 * @param entity the key's name as alerts have it: a client, account, sender, destination or server; a pattern or, of clients, a
 *     network such as 192.0.2.0/24 or 2001:db8::/32
 * @param host the server of the finding; a pattern. What is found over all hosts together has none, which only {@code *} is
 * @param owner who answers for it, 1 to 200 characters
 * @param reason why, 1 to 1,000 characters
 * @param from event time from which it holds
 * @param until event time before which it holds; at most {@link #LONGEST} behind {@code from}
 */
public record Allowance(
        String id,
        String tenant,
        NamePattern detector,
        NamePattern entity,
        NamePattern host,
        String owner,
        String reason,
        Instant from,
        Instant until)
        implements Decision {
    /** A year and a day: a yearly review renews it in time. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final int ID_LIMIT = 64;
    private static final int OWNER_LIMIT = 200;
    private static final int REASON_LIMIT = 1000;

    /** @throws IllegalArgumentException naming what is wrong, which value and why */
    public Allowance {
        if (id.isEmpty() || id.length() > ID_LIMIT || !id.chars().allMatch(Allowance::isIdCharacter)) {
            throw new IllegalArgumentException("id must be 1 to " + ID_LIMIT
                    + " of a-z, A-Z, 0-9, '.', '_' and '-', not '" + NamePattern.shown(id) + "'");
        }
        said("owner", owner, OWNER_LIMIT);
        said("reason", reason, REASON_LIMIT);
        if (detector.isAnything() && entity.isAnything() && host.isAnything()) {
            throw new IllegalArgumentException(
                    "one of detector, entity and host must be narrower than *: this would silence everything");
        }
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("until must be after " + from + ", not " + until);
        }
        if (Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "until must be at most " + LONGEST.toDays() + " days after " + from + ", not " + until);
        }
    }

    /** Whether the finding is one of those, at the end of its pane. */
    public boolean covers(Finding finding) {
        Instant time = Pane.end(finding.pane());
        return !time.isBefore(from)
                && time.isBefore(until)
                && tenant.equals(finding.key().tenant())
                && detector.matches(finding.detector())
                && entity.matches(finding.key().name())
                && host.matches(finding.host());
    }

    /** The same, ending then if it has not ended before. */
    public Allowance endingAt(Instant end) {
        Instant last = end.isAfter(from) ? end : from.plusMillis(1);
        return last.isBefore(until)
                ? new Allowance(id, tenant, detector, entity, host, owner, reason, from, last)
                : this;
    }

    private static void said(String what, String text, int most) {
        if (text.isBlank() || text.length() > most) {
            throw new IllegalArgumentException(
                    what + " must be 1 to " + most + " characters, not '" + NamePattern.shown(text) + "'");
        }
    }

    private static boolean isIdCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ".-_".indexOf(c) >= 0;
    }
}
