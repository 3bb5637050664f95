package postwarden.correlate;

import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LocalAddress;
import postwarden.event.Status;

/**
 * A message that a content filter of the host had (amavis, a spam filter behind a port of loopback) comes in a second time, from
 * the filter, without a login, and under a queue id of its own. It is the same message: it is not counted again, and what becomes
 * of it is the account's and the client's that gave it. Postfix names the first queue id where the filter may tell it (XFORWARD);
 * elsewhere the message id says so, on hosts that were seen to hand mail to such a filter.
 */
final class FilteredLines {
    private static final String FILTERS = "filters";
    private static final String MESSAGE = "message";
    /** In a filter's answer to the message that it gave back. */
    private static final String GIVEN_BACK = "queued as";

    private final Aging<QueueEntry> entries;
    private final Aging<Trace> traces;
    private final long renewed;

    FilteredLines(Aging<QueueEntry> entries, Aging<Trace> traces, CorrelatorParams params) {
        this.entries = entries;
        this.traces = traces;
        renewed = params.sessionAge().toMillis() / Trace.Habit.RENEWALS;
    }

    /** Notes that the host's messages go through a program of it. */
    void delivered(Event event) {
        boolean handed = event.has(Field.RELAY_IP)
                && LocalAddress.isLoopback(event.text(Field.RELAY_IP, ""))
                && event.says(Field.STATUS, Status.SENT)
                && (event.text(Field.TRANSPORT, "").contains("smtp")
                        || event.text(Field.REPLY_TEXT, "").contains(GIVEN_BACK));
        if (!handed) {
            return;
        }
        String key = Keys.of(event.line(), FILTERS, "");
        long now = event.time().toEpochMilli();
        Trace before = traces.get(key, now).orElse(null);
        if (before == null || now - before.time() > renewed) {
            traces.put(key, new Trace.Habit(now), before == null);
        }
    }

    /** What is known of the message that this line says to have come in again. */
    Optional<QueueEntry> named(Event event) {
        long now = event.time().toEpochMilli();
        return event.text(Field.ORIGINAL_QUEUE_ID)
                .flatMap(id -> entries.get(Keys.queue(event.line(), id), now))
                .map(before -> before.filtered(now));
    }

    /**
     * What is known of the message with this id, if it came from loopback without a login. Else it is remembered, for when it does.
     *
     * @param entry what is known of the message by its queue id
     */
    Optional<QueueEntry> identified(Event event, QueueEntry entry) {
        long now = event.time().toEpochMilli();
        Optional<String> key = key(event, entry);
        if (key.isEmpty() || traces.get(Keys.of(event.line(), FILTERS, ""), now).isEmpty()) {
            return Optional.empty();
        }
        Optional<QueueEntry> known = entries.get(key.get(), now);
        boolean again = entry.account().isEmpty() && LocalAddress.isLoopback(entry.clientIp());
        Optional<QueueEntry> before = again ? known.map(first -> first.filtered(now)) : Optional.empty();
        entries.put(key.get(), before.orElse(entry).accepted(now, true), known.isEmpty());
        return before;
    }

    /** The message has left the queue under its first id; whoever filters once more has it soon. */
    void left(Event event, QueueEntry entry) {
        long now = event.time().toEpochMilli();
        key(event, entry)
                .ifPresent(key ->
                        entries.get(key, now).ifPresent(known -> entries.put(key, known.accepted(now, false), false)));
    }

    private static Optional<String> key(Event event, QueueEntry entry) {
        String id = entry.messageId();
        // One that was cut may be another's.
        return id.isEmpty() || id.length() >= QueueEntry.TEXT_LIMIT
                ? Optional.empty()
                : Optional.of(Keys.of(event.line(), MESSAGE, id));
    }
}
