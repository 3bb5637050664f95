package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;

/**
 * Commands, messages and handshakes that this host refused. What a filter or policy service says counts nothing here: the mail
 * daemon says what it made of it.
 */
final class RefusalCounts {
    private RefusalCounts() {}

    static void refusal(Event event, Tally tally) {
        if (event.daemon().isAdviser()) {
            return;
        }
        long times = event.weight();
        switch (event.kind()) {
            case PROTOCOL_ABUSE -> tally.add(Count.PROTOCOL_ABUSES, times);
            case TLS_ERROR -> inboundHandshake(event, tally, times);
            case REJECT -> rejected(event, tally, times);
            case DEFER_REJECT, GREYLIST -> tally.add(Count.DEFER_REJECTS, times);
            case DNSBL -> listed(event, tally, times);
            case SPAM, VIRUS -> tally.add(Count.REJECTS, times).add(Count.SPAM_REJECTS, times, event);
            default -> policy(event, tally, times);
        }
    }

    private static void inboundHandshake(Event event, Tally tally, long times) {
        if (!event.has(Field.RELAY_IP) && !event.has(Field.RELAY_HOST)) {
            tally.add(Count.TLS_ERRORS, times);
        }
    }

    private static void rejected(Event event, Tally tally, long times) {
        tally.add(Count.REJECTS, times);
        switch (event.reason()) {
            case UNKNOWN_RECIPIENT -> tally.add(Count.UNKNOWN_RECIPIENT_REJECTS, times);
            case BLOCKLISTED -> tally.add(Count.DNSBL_REJECTS, times);
            case SPAM, VIRUS -> tally.add(Count.SPAM_REJECTS, times);
            default -> {
                // Counted as a refusal, whatever the reason.
            }
        }
    }

    /** A list that only gave points, or was only asked, refused nothing. */
    private static void listed(Event event, Tally tally, long times) {
        if (event.has(Field.REPLY_CODE) || event.has(Field.RECIPIENT)) {
            tally.add(Count.REJECTS, times).add(Count.DNSBL_REJECTS, times);
        }
    }

    private static void policy(Event event, Tally tally, long times) {
        if (event.has(Field.LIMIT)) {
            LimitCounts.limit(event, tally, Watch.ACCOUNT);
        } else if (event.number(Field.REPLY_CODE, 0) >= 500) {
            tally.add(Count.REJECTS, times);
        } else if (event.number(Field.REPLY_CODE, 0) >= 400) {
            tally.add(Count.DEFER_REJECTS, times);
        }
    }
}
