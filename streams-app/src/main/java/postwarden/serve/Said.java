package postwarden.serve;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import postwarden.policy.Allowance;
import postwarden.policy.Remark;
import postwarden.policy.Remark.Aspect;
import postwarden.serve.wire.Refusal;

/**
 * What an operator says of an incident: the body of a request.
 *
 * @param action acknowledge, assign, true, false, benign or allow
 * @param reason why, at most 1,000 characters; needed for all but acknowledge and assign
 * @param assignee to whom, 1 to 200 characters; for assign alone
 * @param until for how long, ISO 8601; for allow alone
 */
record Said(
        @Nullable String action,
        @Nullable String reason,
        @Nullable String assignee,
        @Nullable String until) {
    static final String ALLOW = "allow";
    private static final String ACKNOWLEDGE = "acknowledge";
    private static final String ASSIGN = "assign";
    private static final Set<String> WITHOUT_REASON = Set.of(ACKNOWLEDGE, ASSIGN);
    private static final int REASON = 1000;
    private static final int ASSIGNEE = 200;

    /** What is said, without what a person's field has around it. @throws Refusal 400 that names all that is wrong */
    Said checked(Instant now) {
        List<String> wrong = new ArrayList<>();
        String does = text(action);
        boolean known =
                does.equals(ACKNOWLEDGE) || does.equals(ASSIGN) || does.equals(ALLOW) || Remark.VERDICTS.contains(does);
        if (!known) {
            wrong.add("action must be acknowledge, assign, true, false, benign or allow");
        }
        text("reason", text(reason), known && !WITHOUT_REASON.contains(does) ? 1 : 0, REASON, wrong);
        if (does.equals(ASSIGN)) {
            text("assignee", text(assignee), 1, ASSIGNEE, wrong);
        } else if (assignee != null) {
            wrong.add("assignee belongs to assign alone");
        }
        if (does.equals(ALLOW)) {
            until(now, wrong);
        } else if (until != null) {
            wrong.add("until belongs to allow alone");
        }
        if (!wrong.isEmpty()) {
            throw Refusal.bad(String.join("; ", wrong));
        }
        return new Said(does, text(reason), text(assignee), until);
    }

    boolean isAllowance() {
        return ALLOW.equals(action);
    }

    /** The remark that it is, when it is no allowance; checked before. */
    Remark remark(String by, Instant now) {
        return switch (text(action)) {
            case ACKNOWLEDGE -> new Remark(Aspect.ACKNOWLEDGED, "", by, now, text(reason));
            case ASSIGN -> new Remark(Aspect.ASSIGNED, text(assignee), by, now, text(reason));
            default -> new Remark(Aspect.VERDICT, text(action), by, now, text(reason));
        };
    }

    /** The end of an allowance; checked before. */
    Instant end() {
        return Instant.parse(text(until));
    }

    private void until(Instant now, List<String> wrong) {
        if (until == null) {
            wrong.add("until must be given: nothing is let be without an end");
            return;
        }
        try {
            Instant end = end();
            if (!end.isAfter(now) || Duration.between(now, end).compareTo(Allowance.LONGEST) > 0) {
                wrong.add("until must be in the " + Allowance.LONGEST.toDays() + " days after " + now);
            }
        } catch (DateTimeException unreadable) {
            wrong.add("until must be an instant such as 2026-11-22T03:00:00Z");
        }
    }

    private static void text(String what, String text, int least, int most, List<String> wrong) {
        if (text.length() < least || text.length() > most) {
            wrong.add(what + " must have " + least + " to " + most + " characters");
        }
        if (Percent.isUnclean(text)) {
            wrong.add(what + " must not have control characters");
        }
    }

    private static String text(@Nullable String text) {
        return Optional.ofNullable(text).orElse("").strip();
    }
}
