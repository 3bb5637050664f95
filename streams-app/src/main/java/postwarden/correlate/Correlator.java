package postwarden.correlate;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Limit;

/**
 * Puts into each event what only neighbouring lines of its host know: whose message a delivery is, whose session a process
 * serves, whether an attempt was counted already. Lines of one host must come in their order; those of different hosts
 * may come in any. All memory is given; events pass through unchanged where nothing is known.
 */
public final class Correlator {
    private final QueueLines queue;
    private final SessionLines sessions;
    private final LoginLines logins;
    private final RelayLines relays;
    private final OutboundLines outbound;
    private final RefusedLines refused;
    private final SubmissionLines submissions;
    private final SmarthostLines smarthosts;
    private final CopiedLines copies;
    private final UntoldBegins begins;

    /**
     * @param queue messages by tenant, host, instance and queue id
     * @param traces everything else; each key begins with tenant and host
     */
    public Correlator(Memory<String, QueueEntry> queue, Memory<String, Trace> traces, CorrelatorParams params) {
        Aging<QueueEntry> entries =
                new Aging<>(queue, QueueEntry::time, entry -> entry.kept(params), params.queueEntries());
        Aging<Trace> aging = new Aging<>(traces, Trace::time, trace -> trace.kept(params), params.traces());
        this.queue = new QueueLines(entries, new FilteredLines(entries, aging, params));
        sessions = new SessionLines(aging, params);
        logins = new LoginLines(aging, params);
        relays = new RelayLines(aging);
        outbound = new OutboundLines(aging);
        refused = new RefusedLines(aging, params);
        submissions = new SubmissionLines(aging, params);
        smarthosts = new SmarthostLines(aging, params);
        copies = new CopiedLines(aging, params);
        begins = new UntoldBegins(aging, params);
    }

    /** The event with what is known; late lines are answered from what is known now. */
    public Event enrich(Event event) {
        Event once = copies.marked(event);
        return once.has(Field.COPY) ? once : alone(once);
    }

    private Event alone(Event event) {
        if (event.has(Field.AMBIGUOUS)) {
            // Its positions are in doubt, so it may neither teach nor be filled in; the queue id stands first and is
            // certain.
            return event.has(Field.QUEUE_ID) ? inQueue(event) : event;
        }
        return switch (event.kind()) {
            case CONNECT -> sessions.began(begins.began(event));
            case DISCONNECT, LOST_CONNECTION, TIMEOUT, LOGOUT -> ended(begins.ended(event));
            case STATS -> begins.ended(event);
            case POSTSCREEN_PASS -> sessions.passed(event);
            case AUTH_FAILURE -> logins.failed(sessions.failed(sessions.filled(event)));
            case AUTH_SUCCESS -> logins.succeeded(sessions.authenticated(event));
            case AUTH_ERROR, AUTH_ABUSE -> sessions.failed(event);
            case RECEIVED -> received(event);
            case DELIVERY_TROUBLE -> relays.trouble(smarthosts.told(event));
            case MESSAGE_ID, QUEUE_ACTIVE, DELIVERY, REMOVED, EXPIRED, BOUNCE_NOTIFICATION -> inQueue(event);
            case OTHER -> submissions.command(event);
            case REJECT, DEFER_REJECT, DNSBL, SPAM, VIRUS, POLICY ->
                sessions.loggedIn(sessions.filled(begins.ended(event)));
            case CONNECTION_LIMIT -> sessions.loggedIn(begins.ended(limited(event)));
            case TLS_ERROR -> sessions.loggedIn(sessions.broken(begins.ended(event)));
            case PROTOCOL_ABUSE, WARNING, ERROR -> sessions.loggedIn(sessions.filled(begins.ended(event)));
            default -> event;
        };
    }

    /** Postfix answers AUTH beyond a limit without a look at it: no password was wrong. */
    private Event limited(Event event) {
        return event.says(Field.LIMIT, Limit.CLIENT_AUTH_RATE) ? sessions.failed(event) : event;
    }

    private Event inQueue(Event event) {
        return switch (event.kind()) {
            case RECEIVED -> queue.received(event);
            case MESSAGE_ID -> queue.named(event);
            case QUEUE_ACTIVE -> queue.active(event);
            case DELIVERY ->
                refused.delivered(outbound.delivered(queue.delivered(relays.delivered(smarthosts.told(event)))));
            case REMOVED, EXPIRED -> queue.left(event);
            case BOUNCE_NOTIFICATION -> queue.about(event);
            default -> event;
        };
    }

    private Event received(Event event) {
        Event brought = sessions.brought(event);
        return queue.received(brought.has(Field.ACCOUNT) ? sessions.submitted(submissions.message(brought)) : brought);
    }

    /** The end of a session may be the only line that tells of logins that did not succeed in it. */
    private Event ended(Event event) {
        Event end = sessions.ended(event);
        long untold = end.number(Field.FRESH_ATTEMPTS, 0);
        return untold == 0 ? end : logins.ended(end, untold);
    }
}
