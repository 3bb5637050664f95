package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;

/** Sessions that begin and end. */
final class SessionCounts {
    /**
     * Connects are most of a busy server's lines and worth showing only in a flood, so one in sixteen is kept as evidence,
     * chosen by its place in the file: the same ones every time.
     */
    private static final int EVIDENCE_SHIFT = 60;
    /** Spreads neighbouring numbers over all 64 bits (Knuth, multiplicative hashing by the golden ratio). */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** Nobody needs that many sessions at once for mail of his own (smtpd_client_connection_count_limit is 50). */
    private static final int MANY = 8;

    private SessionCounts() {}

    static void session(Event event, Tally tally, Watch watch) {
        long times = event.weight();
        switch (event.kind()) {
            case CONNECT -> connect(event, tally, watch, times);
            case DISCONNECT -> disconnect(event, tally, watch, times);
            case LOST_CONNECTION -> tally.add(Count.LOST_CONNECTIONS, times);
            default -> tally.add(Count.TIMEOUTS, times);
        }
    }

    private static void connect(Event event, Tally tally, Watch watch, long times) {
        if (watch == Watch.SERVER) {
            tally.add(Count.CONNECTS, times);
            tally.raise(Peak.CONCURRENCY, event.number(Field.SERVER_SESSIONS, 0));
            String ip = event.text(Field.CLIENT_IP, "");
            if (!ip.isEmpty() && !event.has(Field.AMBIGUOUS)) {
                tally.note(Distinct.CLIENTS, Networks.client(ip));
            }
            return;
        }
        long open = event.number(Field.OBSERVED, 0);
        tally.raise(Peak.CONCURRENCY, open);
        if (open >= MANY || isSixteenth(event)) {
            tally.add(Count.CONNECTS, times, event);
        } else {
            tally.add(Count.CONNECTS, times);
        }
    }

    private static boolean isSixteenth(Event event) {
        return (event.line().source().start() * SPREAD) >>> EVIDENCE_SHIFT == 0;
    }

    private static void disconnect(Event event, Tally tally, Watch watch, long times) {
        tally.add(Count.DISCONNECTS, times);
        if (isEmpty(event.text(Field.COMMANDS, ""))) {
            tally.add(Count.EMPTY_SESSIONS, times);
        }
        tally.add(Count.SESSION_SECONDS, Math.round(event.decimal(Field.DURATION, 0)));
        long refused = LoginCounts.fresh(event, watch, 0);
        if (refused > 0) {
            tally.add(Count.AUTH_FAILURES, refused * times, event);
            if (watch == Watch.SERVER) {
                tally.add(Count.NAMELESS_FAILURES, refused * times);
            }
        }
    }

    /** {@code 0/0} or {@code 0/2}: not one command was done. */
    private static boolean isEmpty(String commands) {
        return commands.startsWith("0/") || commands.equals("0");
    }
}
