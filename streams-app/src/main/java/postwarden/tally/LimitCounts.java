package postwarden.tally;

import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Limit;

/** What daemons state about their limits. */
final class LimitCounts {
    private static final double HUNDREDTHS = 100;

    private LimitCounts() {}

    static void limit(Event event, Tally tally, Watch watch) {
        long times = event.weight();
        Limit limit = limitOf(event);
        switch (limit) {
            case CLIENT_CONCURRENCY -> concurrency(event, tally, watch, times);
            case USER_IP_CONNECTIONS -> {
                concurrency(event, tally, watch, times);
                tally.add(Count.MAILBOX_LIMITS, times);
            }
            case FTP_CLIENT_CONNECTIONS -> {
                concurrency(event, tally, watch, times);
                tally.add(Count.FTP_LIMITS, times);
            }
            case CLIENT_CONNECTION_RATE,
                    CLIENT_MESSAGE_RATE,
                    CLIENT_RECIPIENT_RATE,
                    CLIENT_TLS_RATE,
                    CLIENT_AUTH_RATE ->
                tally.add(Count.CLIENT_LIMITS, times, event).add(Count.RATE_LIMITS, times);
            case SERVER_CONNECTION_RATE, SERVER_CONNECTIONS, SERVER_RESERVE, SERVER_PROCESSES, FTP_TOTAL ->
                slots(event, tally, watch, times);
            case SERVER_LOAD -> tally.add(Count.LOAD_SHEDDING, times, event);
            case QUEUE_ONLY -> queueOnly(event, tally, times);
            case ACCOUNT_HOURLY, ACCOUNT_DEFER_FAIL -> tally.mark(Mark.CPANEL).add(Count.RATE_LIMITS, times, event);
        }
        numbers(event, tally);
        if (watch != Watch.ACCOUNT && isRefusedConnection(event, limit)) {
            refusedConnection(event, tally, watch, times);
        }
        names(event, tally, watch, times);
    }

    /** Where the refusal is all that is said of a connection, it also says who came. */
    private static void refusedConnection(Event event, Tally tally, Watch watch, long times) {
        tally.add(Count.CONNECTS, times);
        String ip = event.text(Field.CLIENT_IP, "");
        if (watch == Watch.SERVER && !ip.isEmpty() && !event.has(Field.AMBIGUOUS)) {
            tally.note(Distinct.CLIENTS, Networks.client(ip));
        }
    }

    private static void concurrency(Event event, Tally tally, Watch watch, long times) {
        tally.add(Count.CLIENT_LIMITS, times, event).add(Count.CONCURRENCY_LIMITS, times);
        if (watch != Watch.SERVER) {
            tally.raise(Peak.CONCURRENCY, event.number(Field.OBSERVED, 0));
        }
    }

    private static void slots(Event event, Tally tally, Watch watch, long times) {
        tally.add(Count.SERVER_LIMITS, times, event);
        if (watch == Watch.SERVER) {
            Marks.service(tally, event);
            tally.raise(Peak.CONCURRENCY, event.number(Field.OBSERVED, 0));
            if (event.has(Field.LOWER_BOUND)) {
                tally.add(Count.SATURATIONS, times);
            }
        }
    }

    /** Exim says how many connections there were, or the load; without either, many messages came in one connection. */
    private static void queueOnly(Event event, Tally tally, long times) {
        tally.add(Count.QUEUE_ONLY, times, event);
        if (!event.has(Field.OBSERVED) && !event.has(Field.LOAD)) {
            tally.add(Count.QUEUE_ONLY_BULK, times);
        }
    }

    private static void numbers(Event event, Tally tally) {
        tally.raise(Peak.LIMIT_VALUE, event.number(Field.LIMIT_VALUE, 0));
        tally.raise(Peak.LOAD_HUNDREDTHS, Math.round(event.decimal(Field.LOAD, 0) * HUNDREDTHS));
    }

    private static void names(Event event, Tally tally, Watch watch, long times) {
        if (event.has(Field.SERVICE)) {
            tally.name("service:" + event.text(Field.SERVICE, ""), times);
        }
        if (watch != Watch.CLIENT && event.has(Field.CLIENT_IP) && !event.has(Field.AMBIGUOUS)) {
            tally.name("client:" + Networks.client(event.text(Field.CLIENT_IP, "")), times);
        }
    }

    /** Exim refuses before it logs the connection, Postfix after; so that a flood counts the same at both. */
    private static boolean isRefusedConnection(Event event, Limit limit) {
        return event.daemon() == Daemon.EXIM
                && event.has(Field.CLIENT_IP)
                && (limit == Limit.CLIENT_CONCURRENCY
                        || limit == Limit.SERVER_CONNECTIONS
                        || limit == Limit.SERVER_RESERVE
                        || limit == Limit.SERVER_LOAD);
    }

    private static Limit limitOf(Event event) {
        for (Limit limit : LIMITS) {
            if (event.says(Field.LIMIT, limit)) {
                return limit;
            }
        }
        // Said of one user by name (Pure-FTPd, ProFTPD MaxClientsPerUser): no other limit is without a name of its own.
        return event.text(Field.SERVICE, "").equals("ftp") ? Limit.FTP_CLIENT_CONNECTIONS : Limit.USER_IP_CONNECTIONS;
    }

    private static final Limit[] LIMITS = Limit.values();
}
