package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Reason;
import postwarden.event.Status;

/** What became of deliveries, for the destination, for who sent, and for the server. */
final class DeliveryCounts {
    private DeliveryCounts() {}

    static void delivery(Event event, Tally tally, Watch watch, boolean remote) {
        boolean bounced = event.says(Field.STATUS, Status.BOUNCED)
                || event.says(Field.STATUS, Status.EXPIRED)
                || event.says(Field.STATUS, Status.UNDELIVERABLE);
        if (bounced) {
            bounced(event, tally, watch);
        }
        if (!event.has(Field.SENDER) && watch == Watch.SERVER) {
            tally.add(Count.UNATTRIBUTED, 1);
        }
        people(event, tally, watch);
        if (remote) {
            attempted(event, tally, watch);
            fate(event, tally, watch);
        }
    }

    private static void bounced(Event event, Tally tally, Watch watch) {
        Count why = isOfHost(event, watch) ? Count.BOUNCED : why(event.reason());
        boolean shown = watch == Watch.ACCOUNT || watch == Watch.DESTINATION;
        if (shown) {
            tally.add(Count.BOUNCED, 1, event);
        } else {
            tally.add(Count.BOUNCED, 1);
        }
        if (why != Count.BOUNCED && shown) {
            tally.add(why, 1, event);
            LeadCounts.behind(event, tally, watch);
        } else if (why != Count.BOUNCED) {
            tally.add(why, 1);
        }
    }

    /** What is said of the host's address is no sign against the account that happened to send through it. */
    static boolean isOfHost(Event event, Watch watch) {
        return watch == Watch.ACCOUNT && event.has(Field.OF_HOST);
    }

    private static Count why(Reason reason) {
        return switch (reason) {
            case UNKNOWN_RECIPIENT, MAILBOX_DISABLED -> Count.BOUNCED_UNKNOWN;
            case SPAM, VIRUS, REPUTATION, BLOCKLISTED -> Count.BOUNCED_SPAM;
            default -> Count.BOUNCED;
        };
    }

    /** Whom an account writes to; what a sender or a destination has is told by the numbers alone. */
    private static void people(Event event, Tally tally, Watch watch) {
        boolean sends = watch.isOfWhoSends();
        boolean counts = sends || watch == Watch.SERVER;
        if (!counts || event.has(Field.AMBIGUOUS) || event.number(Field.ATTEMPT, 1) != 1) {
            return;
        }
        String recipient = event.text(Field.RECIPIENT, "");
        String domain = Addresses.recipientDomain(event);
        if (!domain.isEmpty() && !sends) {
            tally.note(Distinct.RECIPIENT_DOMAINS, domain);
        } else if (!domain.isEmpty()) {
            tally.note(Distinct.RECIPIENTS, Addresses.lower(recipient)).note(Distinct.RECIPIENT_DOMAINS, domain);
        }
    }

    private static void attempted(Event event, Tally tally, Watch watch) {
        tally.add(Count.DELIVERIES, 1);
        if (event.number(Field.ATTEMPT, 0) == 1) {
            tally.add(Count.FIRST_ATTEMPTS, 1);
        }
        tally.add(Remote.isNotTried(event) ? Count.NOT_TRIED : Count.ATTEMPTS, 1);
        tally.raise(Peak.ATTEMPTS_PER_MESSAGE, event.number(Field.ATTEMPT, 0));
        tally.raise(Peak.DELAY_SECONDS, Math.round(event.decimal(Field.DELAY, event.decimal(Field.QUEUE_TIME, 0))));
        if (watch == Watch.DESTINATION && event.has(Field.QUEUE_ID)) {
            tally.note(Distinct.QUEUE_IDS, event.text(Field.QUEUE_ID, ""));
        }
        tally.raise(Peak.GOOD_CONCURRENCY, event.number(Field.OUTBOUND_SESSIONS, 0));
        RelayCounts.connection(event, tally, watch);
    }

    private static void fate(Event event, Tally tally, Watch watch) {
        boolean here = watch == Watch.DESTINATION && event.has(Field.QUEUE_ID);
        if (event.says(Field.STATUS, Status.SENT)) {
            tally.add(Count.SENT, 1);
            if (event.number(Field.ATTEMPT, 1) > 1) {
                tally.add(Count.RETRIED_SENT, 1);
            }
            if (here) {
                tally.note(Distinct.SENT_IDS, event.text(Field.QUEUE_ID, ""));
            }
        } else if (event.says(Field.STATUS, Status.DEFERRED)) {
            deferred(event, tally, watch);
            if (here) {
                tally.note(Distinct.DEFERRED_IDS, event.text(Field.QUEUE_ID, ""));
            }
        }
    }

    private static void deferred(Event event, Tally tally, Watch watch) {
        if (watch == Watch.DESTINATION) {
            tally.add(Count.DEFERRED, 1, event);
        } else {
            tally.add(Count.DEFERRED, 1);
        }
        if (event.reason() == Reason.GREYLISTED) {
            tally.add(Count.GREYLISTED, 1);
        }
    }
}
