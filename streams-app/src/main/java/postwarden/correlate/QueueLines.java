package postwarden.correlate;

import java.util.Objects;
import java.util.Optional;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Status;

/** Lines that name a message by its queue id only, joined to those that said whose it is. */
final class QueueLines {
    /** Two lines of one delivery in one connection are written together. */
    private static final long SAME_CONNECTION_MILLIS = 1000;

    private static final int OPENSMTPD_ENVELOPE = 16;

    private final Aging<QueueEntry> entries;
    private final FilteredLines filtered;

    QueueLines(Aging<QueueEntry> entries, FilteredLines filtered) {
        this.entries = entries;
        this.filtered = filtered;
    }

    /** A message came in: a short queue id may be used again, so an older message of that id is forgotten. */
    Event received(Event event) {
        Optional<String> id = event.text(Field.QUEUE_ID);
        if (id.isEmpty()) {
            return event;
        }
        long now = event.time().toEpochMilli();
        String key = key(event);
        QueueEntry entry = QueueEntry.NONE
                .from(
                        now,
                        event.text(Field.CLIENT_IP, ""),
                        event.text(Field.CLIENT_HOSTNAME, ""),
                        event.text(Field.ACCOUNT, ""),
                        event.text(Field.SERVICE, ""))
                .named(now, event.text(Field.MESSAGE_ID, ""));
        // Others tell everything in one line; Postfix accepts a message when the queue manager first has it.
        boolean whole = event.daemon() != Daemon.POSTFIX;
        if (whole) {
            entry = entry.sentBy(now, event.text(Field.SENDER, ""), event.number(Field.RECIPIENT_COUNT, 0), true, 0);
        }
        Optional<QueueEntry> before = before(event, entry);
        entries.put(key, before.orElse(entry), entries.get(key, now).isEmpty());
        return whole && before.isEmpty()
                ? filled(event.toBuilder().put(Field.FIRST, true), entry, event).build()
                : event;
    }

    private Optional<QueueEntry> before(Event event, QueueEntry now) {
        return filtered.named(event).or(() -> filtered.identified(event, now));
    }

    /** Cleanup gave the message its id; the first line of all for a message that Postfix makes itself. */
    Event named(Event event) {
        long now = event.time().toEpochMilli();
        String key = key(event);
        Optional<QueueEntry> known = entries.get(key, now);
        QueueEntry named = known.orElse(QueueEntry.NONE).named(now, event.text(Field.MESSAGE_ID, ""));
        QueueEntry entry = filtered.identified(event, named).orElse(named);
        entries.put(key, entry, known.isEmpty());
        return known.isEmpty() ? event : filled(event.toBuilder(), entry, event).build();
    }

    /** The queue manager took the message up: for the first time, or again. */
    Event active(Event event) {
        long now = event.time().toEpochMilli();
        String key = key(event);
        Optional<QueueEntry> known = entries.get(key, now);
        boolean first = known.isPresent() && !known.get().accepted();
        // Of a message whose beginning was not seen only a retry can be logged.
        QueueEntry entry = known.orElse(QueueEntry.NONE)
                .sentBy(
                        now,
                        event.text(Field.SENDER, ""),
                        event.number(Field.RECIPIENT_COUNT, 0),
                        true,
                        known.isPresent() ? known.get().attemptsBefore() : 1);
        if (first || known.isEmpty() || !known.get().senderKnown()) {
            entries.put(key, entry, known.isEmpty());
        }
        if (known.isEmpty()) {
            return event;
        }
        Event.Builder builder = filled(event.toBuilder(), entry, event);
        return (first ? builder.put(Field.FIRST, true) : builder).build();
    }

    Event delivered(Event event) {
        long now = event.time().toEpochMilli();
        String key = key(event);
        filtered.delivered(event);
        Optional<QueueEntry> known = entries.get(key, now);
        if (known.isEmpty()) {
            return event;
        }
        QueueEntry entry = known.get();
        Event.Builder builder = filled(event.toBuilder(), entry, event);
        String recipient = event.text(Field.RECIPIENT, "");
        builder.put(Field.ATTEMPT, entry.attempt(recipient));
        int connection = connection(event);
        if (connection != 0
                && connection == entry.connection()
                && Math.abs(now - entry.time()) <= SAME_CONNECTION_MILLIS) {
            builder.put(Field.SAME_CONNECTION, true);
        }
        remember(key, entry, event, recipient, connection);
        return builder.build();
    }

    /** The message has left the queue: its owner is told once more, then forgotten. */
    Event left(Event event) {
        Event about = about(event);
        if (event.is(Kind.REMOVED)) {
            String key = key(event);
            entries.get(key, event.time().toEpochMilli()).ifPresent(entry -> filtered.left(event, entry));
            entries.remove(key);
        }
        return about;
    }

    /** Something else about the message. */
    Event about(Event event) {
        return entries.get(key(event), event.time().toEpochMilli())
                .map(entry -> filled(event.toBuilder(), entry, event).build())
                .orElse(event);
    }

    private void remember(String key, QueueEntry entry, Event event, String recipient, int connection) {
        boolean deferred = event.says(Field.STATUS, Status.DEFERRED);
        // A message with one recipient that was delivered has nothing more to be remembered.
        if (deferred || entry.recipients() != 1) {
            entries.put(
                    key,
                    entry.tried(
                            event.time().toEpochMilli(),
                            deferred ? entry.deferredAgain(recipient) : entry.deferrals(),
                            connection),
                    false);
        }
    }

    /** What tells a connection from others of the same message; 0 when the line tells of none. */
    private static int connection(Event event) {
        if (!event.has(Field.RELAY_IP)) {
            return 0;
        }
        return Objects.hash(
                event.line().pid(),
                event.text(Field.RELAY_IP, ""),
                event.delay(2),
                event.delay(3),
                event.number(Field.CONNECTION_USE, 1));
    }

    private static Event.Builder filled(Event.Builder builder, QueueEntry entry, Event event) {
        if (entry.senderKnown() && !event.has(Field.SENDER)) {
            builder.put(Field.SENDER, entry.sender());
        }
        fill(builder, Field.ACCOUNT, entry.submitter());
        fill(builder, Field.CLIENT_IP, entry.clientIp());
        fill(builder, Field.CLIENT_HOSTNAME, entry.clientHostname());
        fill(builder, Field.MESSAGE_ID, entry.messageId());
        fill(builder, Field.SERVICE, entry.service());
        return builder;
    }

    private static void fill(Event.Builder builder, Field field, String value) {
        if (!value.isEmpty() && !builder.has(field)) {
            builder.put(field, value);
        }
    }

    /** OpenSMTPD names an envelope by its message's id and eight digits more. */
    private static String key(Event event) {
        String id = event.text(Field.QUEUE_ID, "");
        boolean envelope = event.daemon() == Daemon.OPENSMTPD && id.length() == OPENSMTPD_ENVELOPE;
        return Keys.queue(event.line(), envelope ? id.substring(0, OPENSMTPD_ENVELOPE / 2) : id);
    }
}
