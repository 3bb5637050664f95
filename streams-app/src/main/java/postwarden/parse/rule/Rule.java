package postwarden.parse.rule;

import postwarden.event.Event;

/**
 * How one template of a daemon is recognised and what it means.
 *
 * @param name unique within the daemon, such as {@code smtpd/connect}; told by {@link Event#rule()}
 * @param prefix what the message begins with; empty for any
 * @param reading reads what stands behind the prefix
 */
public record Rule(String name, String prefix, Reading reading) {

    /** Reads a message behind its prefix into an event; false when the message is something else after all. */
    @FunctionalInterface
    public interface Reading {
        boolean read(Cursor cursor, Event.Builder event);
    }
}
