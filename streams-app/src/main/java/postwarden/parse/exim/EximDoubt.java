package postwarden.parse.exim;

import java.util.EnumSet;
import java.util.Set;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;

/**
 * Leaves of a line that could name another only what stands before a stranger's text or names nobody: where the client is
 * not certain, neither is what was read behind it.
 */
final class EximDoubt {
    private static final Set<Field> KEPT = EnumSet.of(
            Field.QUEUE_ID, Field.STATUS, Field.STAGE, Field.ORIGIN, Field.REASON, Field.AMBIGUOUS, Field.TEXT);

    private EximDoubt() {}

    static void strip(Event.Builder builder) {
        if (!builder.has(Field.AMBIGUOUS)) {
            return;
        }
        Event event = builder.build();
        builder.clear().kind(event.kind()).rule(event.rule());
        event.forEach((field, value) -> {
            if (KEPT.contains(field) || standsBefore(field, event.kind())) {
                put(builder, field, value);
            }
        });
    }

    /** An arrival begins with its sender, a login that failed with the authenticator. */
    private static boolean standsBefore(Field field, Kind kind) {
        return switch (kind) {
            case RECEIVED -> field == Field.SENDER;
            case AUTH_FAILURE, AUTH_ERROR, AUTH_ABUSE, NO_AUTH -> field == Field.AUTH_MECHANISM;
            default -> false;
        };
    }

    private static void put(Event.Builder builder, Field field, Object value) {
        if (value instanceof String text) {
            builder.put(field, text);
        } else if (value instanceof Enum<?> constant) {
            builder.put(field, constant);
        } else if (value instanceof Boolean truth) {
            builder.put(field, truth.booleanValue());
        }
    }
}
