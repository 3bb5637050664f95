package postwarden.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One log line, understood: what happened, and what the line says about it. Immutable.
 *
 * <p>A wide, thinly filled table is read several times and thrown away for every line of a fleet, so the fields stand in
 * an array by {@link Field} instead of in sixty components.
 */
public final class Event {
    private static final Field[] FIELDS = Field.values();

    private final LogRecord.Line line;
    private final Daemon daemon;
    private final Kind kind;
    private final String rule;
    private final Object[] values;

    private Event(Builder from) {
        line = from.line;
        daemon = from.daemon;
        kind = from.kind;
        rule = from.rule;
        values = from.values;
        from.shared = true;
    }

    /** The line this is the meaning of. */
    public LogRecord.Line line() {
        return line;
    }

    public Daemon daemon() {
        return daemon;
    }

    public Kind kind() {
        return kind;
    }

    /** Name of the rule that understood the line; empty for an unrecognised one. */
    public String rule() {
        return rule;
    }

    public Instant time() {
        return line.time();
    }

    public String host() {
        return line.host();
    }

    public boolean is(Kind which) {
        return kind == which;
    }

    public boolean has(Field field) {
        return values[field.ordinal()] != null;
    }

    /** The value as text, or {@code otherwise} when the event does not carry it. */
    public String text(Field field, String otherwise) {
        Object value = values[field.ordinal()];
        return value == null ? otherwise : value.toString();
    }

    /** The value as text, when the event carries it. */
    public Optional<String> text(Field field) {
        return Optional.ofNullable(values[field.ordinal()]).map(Object::toString);
    }

    /** The value as a whole number, or {@code otherwise} when the event carries no number there. */
    public long number(Field field, long otherwise) {
        return values[field.ordinal()] instanceof Number number ? number.longValue() : otherwise;
    }

    /** The value as a decimal number, or {@code otherwise} when the event carries no number there. */
    public double decimal(Field field, double otherwise) {
        return values[field.ordinal()] instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** Whether the field carries this constant. */
    public boolean says(Field field, Enum<?> constant) {
        return values[field.ordinal()] == constant;
    }

    /** Why, or {@link Reason#UNKNOWN} when the line does not say. */
    public Reason reason() {
        return values[Field.REASON.ordinal()] instanceof Reason reason ? reason : Reason.UNKNOWN;
    }

    /** Postfix's delay of that part: 0 before the queue manager, 1 in it, 2 set-up, 3 transmission; seconds, -1 unknown. */
    public double delay(int part) {
        return values[Field.DELAYS.ordinal()] instanceof List<?> parts
                        && part < parts.size()
                        && parts.get(part) instanceof Double seconds
                ? seconds
                : -1;
    }

    /** How many equal lines or attempts this event stands for, >= 1. */
    public long weight() {
        return Math.max(1, number(Field.REPEAT, 1));
    }

    /** Calls {@code visitor} for each field that is carried, in the order of {@link Field}. */
    public void forEach(Visitor visitor) {
        for (Field field : FIELDS) {
            Object value = values[field.ordinal()];
            if (value != null) {
                visitor.field(field, value);
            }
        }
    }

    /** A copy that can be changed, to add what only a neighbouring line knows. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Sees one field: a String, Long, Double, Boolean, an enum constant, or a List of Double. */
    @FunctionalInterface
    public interface Visitor {
        void field(Field field, Object value);
    }

    /** Collects an event while its line is read. Not for more than one thread. */
    public static final class Builder {
        private LogRecord.Line line;
        /** Shared with an event that was built, or that this began with, until the first change: most lines change nothing. */
        private Object[] values;

        private boolean shared;
        private Daemon daemon;
        private Kind kind = Kind.UNRECOGNISED;
        private String rule = "";

        public Builder(LogRecord.Line line, Daemon daemon) {
            this.line = line;
            this.daemon = daemon;
            values = new Object[FIELDS.length];
        }

        private Builder(Event event) {
            line = event.line;
            daemon = event.daemon;
            kind = event.kind;
            rule = event.rule;
            values = event.values;
            shared = true;
        }

        public LogRecord.Line line() {
            return line;
        }

        /** Names another line as the one this is the meaning of: for a line that quotes the one that was read. */
        public Builder line(LogRecord.Line value) {
            line = value;
            return this;
        }

        public Builder daemon(Daemon value) {
            daemon = value;
            return this;
        }

        public Builder kind(Kind value) {
            kind = value;
            return this;
        }

        public Builder rule(String value) {
            rule = value;
            return this;
        }

        public Builder put(Field field, String value) {
            return set(field, value);
        }

        public Builder put(Field field, long value) {
            return set(field, value);
        }

        public Builder put(Field field, double value) {
            return set(field, value);
        }

        public Builder put(Field field, boolean value) {
            return set(field, value);
        }

        public Builder put(Field field, Enum<?> value) {
            return set(field, value);
        }

        public Builder put(Field field, List<Double> value) {
            return set(field, List.copyOf(value));
        }

        public boolean has(Field field) {
            return values[field.ordinal()] != null;
        }

        public boolean is(Kind which) {
            return kind == which;
        }

        /** Forgets all fields and the kind, so that another rule may try. */
        public Builder clear() {
            values = new Object[FIELDS.length];
            shared = false;
            kind = Kind.UNRECOGNISED;
            rule = "";
            return this;
        }

        public Event build() {
            return new Event(this);
        }

        private Builder set(Field field, Object value) {
            if (shared) {
                values = values.clone();
                shared = false;
            }
            values[field.ordinal()] = value;
            return this;
        }
    }
}
