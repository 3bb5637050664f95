package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.event.Status;

/** How the connections to a destination went: one count each, however many recipients shared it. */
final class RelayCounts {
    private static final long FAST_MILLIS = 1000;
    private static final long SLOW_MILLIS = 4000;
    private static final int CLOSING = 421;
    private static final String THEIR_SYSTEM = "4.3.";

    private RelayCounts() {}

    static void connection(Event event, Tally tally, Watch watch) {
        long earlier = event.number(Field.EARLIER_TROUBLES, 0);
        boolean tried = !Remote.isNotTried(event) && !event.has(Field.SAME_CONNECTION);
        if (earlier > 0) {
            earlier(event, tally, watch, earlier);
        }
        if (tried) {
            boolean failed = isFailure(event);
            boolean throttled = failed && ended(event, tally, watch);
            setUp(event, tally, failed, throttled);
            if (watch == Watch.DESTINATION) {
                relay(event, tally, failed);
            }
        }
    }

    /** Other relays of the destination that went wrong in the same attempt: connections like any other. */
    private static void earlier(Event event, Tally tally, Watch watch, long relays) {
        tally.add(Count.TROUBLE, relays);
        Reason why = earlierReason(event);
        boolean throttled = trouble(tally, event, why, relays, true, false);
        if (throttled && isObjection(why) && !watch.isOfWhoSends()) {
            tally.add(Count.THROTTLED_REPUTATION, relays);
        }
        if (throttled) {
            tally.add(event.has(Field.EARLIER_STAGE) ? Count.AT_CONNECT : Count.IN_SESSION, relays);
        }
        // One number covers all relays that were tried: all fast when it is small, and slow by their average.
        long millis = millis(event);
        if (throttled && millis >= 0 && millis < FAST_MILLIS) {
            tally.add(Count.SETUP_FAST, relays);
        }
        if (millis / (relays + 1) >= SLOW_MILLIS) {
            tally.add(Count.SETUP_SLOW, relays);
        }
    }

    private static Reason earlierReason(Event event) {
        for (Reason reason : REASONS) {
            if (event.says(Field.EARLIER_REASON, reason)) {
                return reason;
            }
        }
        return Reason.UNKNOWN;
    }

    /** Counts why this connection failed, and says whether it was throttled. */
    private static boolean ended(Event event, Tally tally, Watch watch) {
        boolean remote = !event.says(Field.ORIGIN, Origin.LOCAL);
        boolean closing = event.number(Field.REPLY_CODE, 0) == CLOSING;
        boolean shown = watch == Watch.DESTINATION;
        Reason reason = DeliveryCounts.isOfHost(event, watch) ? Reason.UNKNOWN : meant(event);
        boolean throttled = trouble(tally, event, reason, 1, remote, shown)
                || (remote && closing && isUnclear(reason) && unclear(tally, event, shown));
        // What is said against who sends is said once: a message is tried again for days.
        if (throttled && isObjection(reason) && (!watch.isOfWhoSends() || event.number(Field.ATTEMPT, 1) == 1)) {
            tally.add(Count.THROTTLED_REPUTATION, 1);
        }
        if (throttled) {
            boolean early = event.says(Field.STAGE, Stage.CONNECT)
                    || event.says(Field.STAGE, Stage.GREETING)
                    || event.says(Field.STAGE, Stage.HELO);
            tally.add(early ? Count.AT_CONNECT : Count.IN_SESSION, 1);
        }
        return throttled;
    }

    /** Whether the destination refused the delivery for now because of limits, its load, or what it thinks of us. */
    static boolean isThrottled(Event event) {
        Reason reason = meant(event);
        boolean closing = event.number(Field.REPLY_CODE, 0) == CLOSING;
        return isFailure(event)
                && !event.says(Field.ORIGIN, Origin.LOCAL)
                && (isThrottling(reason) || (closing && isUnclear(reason)));
    }

    /** An enhanced code whose subject is the mail system speaks of theirs (RFC 3463, 3.4), where the words do not say what it is. */
    private static Reason meant(Event event) {
        Reason reason = event.reason();
        boolean unclear = isUnclear(reason) || reason == Reason.SERVER_CONFIGURATION;
        boolean theirs = unclear
                && event.number(Field.REPLY_CODE, 0) / 100 == 4
                && event.text(Field.DSN, "").startsWith(THEIR_SYSTEM);
        return theirs ? Reason.OVERLOADED : reason;
    }

    private static boolean isObjection(Reason reason) {
        return reason == Reason.REPUTATION || reason == Reason.BLOCKLISTED || reason == Reason.SPAM;
    }

    private static boolean isUnclear(Reason reason) {
        return reason == Reason.UNKNOWN || reason == Reason.TEMPORARY_ERROR || reason == Reason.ACCESS_DENIED;
    }

    /** A 421 is a refusal for now whatever its words (RFC 5321, 3.8). */
    private static boolean unclear(Tally tally, Event event, boolean shown) {
        throttled(tally, event, 1, shown);
        return true;
    }

    private static boolean trouble(Tally tally, Event event, Reason reason, long times, boolean remote, boolean shown) {
        switch (reason) {
            case TOO_MANY_CONNECTIONS -> tally.add(Count.THROTTLED_CONNECTIONS, remote ? times : 0);
            case RATE_LIMITED -> tally.add(Count.THROTTLED_RATE, remote ? times : 0);
            case OVERLOADED, SERVICE_UNAVAILABLE, INSUFFICIENT_STORAGE ->
                tally.add(Count.THROTTLED_OVERLOAD, remote ? times : 0);
            case REPUTATION, BLOCKLISTED, SPAM -> {
                // How often that counts depends on whom it is held against.
            }
            case CONNECTION_TIMED_OUT, TIMED_OUT -> tally.add(Count.REMOTE_TIMEOUTS, times);
            case CONNECTION_REFUSED, CONNECTION_LOST, NETWORK_UNREACHABLE -> tally.add(Count.NETWORK_TROUBLE, times);
            case DNS_NOT_FOUND, DNS_TEMPORARY -> tally.add(Count.DNS_TROUBLE, times);
            case TLS -> tally.add(Count.TLS_TROUBLE, times);
            default -> {
                // No trouble with the connection: the recipient or the message was refused.
            }
        }
        boolean isThrottling = remote && isThrottling(reason);
        if (isThrottling) {
            throttled(tally, event, times, shown);
        }
        return isThrottling;
    }

    private static void throttled(Tally tally, Event event, long times, boolean shown) {
        if (shown) {
            tally.add(Count.THROTTLED, times, event);
        } else {
            tally.add(Count.THROTTLED, times);
        }
    }

    private static boolean isThrottling(Reason reason) {
        return switch (reason) {
            case TOO_MANY_CONNECTIONS,
                    RATE_LIMITED,
                    OVERLOADED,
                    SERVICE_UNAVAILABLE,
                    INSUFFICIENT_STORAGE,
                    REPUTATION,
                    BLOCKLISTED,
                    SPAM -> true;
            default -> false;
        };
    }

    /** For good is no throttling: the mail is lost, not late. */
    private static boolean isFailure(Event event) {
        return event.says(Field.STATUS, Status.DEFERRED);
    }

    /** How long the connection took: set-up and transmission, where the daemon says so. */
    private static void setUp(Event event, Tally tally, boolean failed, boolean throttled) {
        long millis = millis(event);
        if (millis < 0) {
            return;
        }
        tally.add(Count.SETUP_MEASURED, 1).add(Count.SETUP_MILLIS, millis);
        if (throttled && millis < FAST_MILLIS) {
            tally.add(Count.SETUP_FAST, 1);
        }
        if (failed && millis >= SLOW_MILLIS) {
            tally.add(Count.SETUP_SLOW, 1);
        }
        if (event.says(Field.STATUS, Status.SENT)) {
            tally.add(Count.OK_SETUP_MEASURED, 1).add(Count.OK_SETUP_MILLIS, millis);
        }
    }

    private static long millis(Event event) {
        // A connection that is used again has no set-up, so it says nothing about one.
        if (event.number(Field.CONNECTION_USE, 1) > 1) {
            return -1;
        }
        double setUp = event.delay(2);
        double transmission = event.delay(3);
        if (setUp >= 0 && transmission >= 0) {
            return Math.round((setUp + transmission) * 1000);
        }
        double delivery = event.decimal(Field.DELIVERY_TIME, -1);
        return delivery < 0 ? -1 : Math.round(delivery * 1000);
    }

    private static void relay(Event event, Tally tally, boolean failed) {
        if (!event.has(Field.RELAY_IP)) {
            return;
        }
        String ip = event.text(Field.RELAY_IP, "");
        tally.note(Distinct.RELAYS, ip);
        if (failed) {
            tally.name("relay:" + event.text(Field.RELAY_HOST, "") + '[' + ip + ']', 1);
            if (event.has(Field.REPLY_TEXT)) {
                tally.name("reply:" + ReplyTemplate.of(event.text(Field.REPLY_TEXT, "")), 1);
            }
        }
    }

    private static final Reason[] REASONS = Reason.values();
}
