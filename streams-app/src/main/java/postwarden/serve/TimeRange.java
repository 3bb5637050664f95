package postwarden.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import postwarden.serve.wire.Refusal;

/** The time that a question is about. */
record TimeRange(Instant from, Instant to) {
    /** Before and after all mail. */
    private static final TimeRange ALWAYS =
            new TimeRange(Instant.parse("1970-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"));

    /** Where only one end is given the other is as far away as it may be; where none is, it is all that is remembered. */
    static TimeRange of(Optional<Instant> from, Optional<Instant> to, Duration most) {
        from.ifPresent(instant -> possible("from", instant));
        to.ifPresent(instant -> possible("to", instant));
        if (from.isEmpty() && to.isEmpty()) {
            return ALWAYS;
        }
        TimeRange range = new TimeRange(
                from.orElseGet(() -> to.orElseThrow().minus(most)),
                to.orElseGet(() -> from.orElseThrow().plus(most)));
        if (!range.from.isBefore(range.to)) {
            throw Refusal.bad("from must be before to");
        }
        if (Duration.between(range.from, range.to).compareTo(most) > 0) {
            throw Refusal.bad("from and to must be at most " + most.toDays() + " days apart");
        }
        return range;
    }

    private static void possible(String name, Instant instant) {
        if (instant.isBefore(ALWAYS.from) || instant.isAfter(ALWAYS.to)) {
            throw Refusal.bad(name + " must be within 1970 and 9999");
        }
    }
}
