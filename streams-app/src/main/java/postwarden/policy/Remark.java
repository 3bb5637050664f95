package postwarden.policy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that an operator says of an incident. It changes nothing of what is found.
 *
 * @param value of {@link Aspect#ASSIGNED} to whom, 1 to 200 characters; of {@link Aspect#VERDICT} one of {@link #VERDICTS};
 *     else empty
 * @param by who says it, 1 to 200 characters
 * @param at when it was said, to the millisecond, by the clock of the instance that was told
 * @param reason why, at most 1,000 characters; a verdict has one
 * @param sequence the incident's record that tells it first; 0 before it is told
 */
public record Remark(Aspect aspect, String value, String by, Instant at, String reason, int sequence) {
    /** It was one; it was none; it was right in what it saw, and harmless. */
    public static final Set<String> VERDICTS = Set.of("true", "false", "benign");

    private static final int NAME_LIMIT = 200;
    private static final int REASON_LIMIT = 1000;

    /** What is said of; of each the last one said holds, so that two operators do not take each other's word away. */
    public enum Aspect {
        /** Somebody looks after it. */
        ACKNOWLEDGED(1),
        /** Who is to look after it. */
        ASSIGNED(2),
        /** Whether it was right to tell of it. */
        VERDICT(3);

        private final int id;

        Aspect(int id) {
            this.id = id;
        }

        /** What stands for it in stored records, for ever. */
        public int id() {
            return id;
        }

        /** Its name in topics and in JSON. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException when no aspect has it */
        public static Aspect of(int id) {
            return Arrays.stream(values())
                    .filter(aspect -> aspect.id == id)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no aspect has the id " + id));
        }

        /** The aspect of this name, if there is one. */
        public static Optional<Aspect> of(String wireName) {
            return Arrays.stream(values())
                    .filter(aspect -> aspect.wireName().equals(wireName))
                    .findFirst();
        }
    }

    /** @throws IllegalArgumentException naming what is wrong, which value and why */
    public Remark {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        text("by", by, 1, NAME_LIMIT);
        text("reason", reason, aspect == Aspect.VERDICT ? 1 : 0, REASON_LIMIT);
        switch (aspect) {
            case ACKNOWLEDGED -> text("value", value, 0, 0);
            case ASSIGNED -> text("assignee", value, 1, NAME_LIMIT);
            case VERDICT -> {
                if (!VERDICTS.contains(value)) {
                    throw new IllegalArgumentException(
                            "verdict must be true, false or benign, not '" + NamePattern.shown(value) + "'");
                }
            }
        }
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence must be 0 or more, not " + sequence);
        }
    }

    /** Before it is told. */
    public Remark(Aspect aspect, String value, String by, Instant at, String reason) {
        this(aspect, value, by, at, reason, 0);
    }

    /** The same, told in this record of its incident. */
    public Remark toldIn(int record) {
        return new Remark(aspect, value, by, at, reason, record);
    }

    /** Whether it says the same, whenever it was told. */
    public boolean says(Remark other) {
        return toldIn(0).equals(other.toldIn(0));
    }

    /** It in one sentence for a person, such as {@code Assigned to ben by anna at 2026-11-22T03:00:00Z: knows the host}. */
    public String sentence() {
        String what = switch (aspect) {
            case ACKNOWLEDGED -> "Acknowledged";
            case ASSIGNED -> "Assigned to " + value;
            case VERDICT -> "Called " + value;
        };
        return what + " by " + by + " at " + at + (reason.isEmpty() ? "" : ": " + reason);
    }

    private static void text(String what, String text, int least, int most) {
        if (text.length() > most || (least > 0 && text.isBlank())) {
            throw new IllegalArgumentException(
                    what + " must be " + least + " to " + most + " characters, not '" + NamePattern.shown(text) + "'");
        }
    }
}
