package postwarden.tally;

import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.LocalAddress;
import postwarden.event.Stage;

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

    /** What Exim says of a session that brought no message. */
    private static final String EXIM_NO_MAIL = "exim/no-mail";

    /** Seconds from which a session with next to no commands only holds a slot; people and programs are done in some. */
    private static final double IDLE_SECONDS = 120;
    /** A greeting, STARTTLS and a greeting again. */
    private static final int IDLE_COMMANDS = 3;

    private SessionCounts() {}

    /** Whether a line that is neither begin nor end of a session says what the whole of it came to. */
    static boolean sumsUp(Event event) {
        return event.rule().equals(EXIM_NO_MAIL);
    }

    /** What a daemon says of a session besides its end. */
    static void statistic(Event event, Tally tally, Watch watch) {
        if (sumsUp(event)) {
            summary(event, tally, watch);
        }
    }

    static void session(Event event, Tally tally, Watch watch) {
        long times = event.weight();
        switch (event.kind()) {
            case CONNECT -> begun(event, tally, watch);
            case DISCONNECT -> disconnect(event, tally, watch, times);
            case LOST_CONNECTION -> tally.add(Count.LOST_CONNECTIONS, times);
            default -> {
                tally.add(Count.TIMEOUTS, times);
                if (isSilent(event)) {
                    tally.add(Count.IDLE_SESSIONS, times, event);
                }
            }
        }
    }

    /** A session's beginning, told by a line of its own or by its end. */
    static void begun(Event event, Tally tally, Watch watch) {
        long times = event.weight();
        if (watch == Watch.SERVER) {
            tally.add(Count.CONNECTS, times);
            tally.raise(Peak.CONCURRENCY, event.number(Field.SERVER_SESSIONS, 0));
            tally.raise(Peak.ONE_CLIENT, event.number(Field.OBSERVED, 0));
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

    /** One event in sixteen, the same ones every time. */
    static boolean isSixteenth(Event event) {
        return (event.line().source().start() * SPREAD) >>> EVIDENCE_SHIFT == 0;
    }

    private static void disconnect(Event event, Tally tally, Watch watch, long times) {
        tally.add(Count.DISCONNECTS, times);
        if (isEmpty(event.text(Field.COMMANDS, ""))) {
            tally.add(Count.EMPTY_SESSIONS, times);
        }
        tally.add(Count.SESSION_SECONDS, Math.round(event.decimal(Field.DURATION, 0)));
        if (event.has(Field.COMMANDS)) {
            summary(event, tally, watch);
        }
        long refused = LoginCounts.fresh(event, watch, 0);
        if (refused > 0) {
            tally.add(Count.AUTH_FAILURES, refused * times, event);
            if (watch == Watch.SERVER) {
                tally.add(Count.NAMELESS_FAILURES, refused * times);
            }
        }
    }

    /** What the whole session came to. */
    private static void summary(Event event, Tally tally, Watch watch) {
        long times = event.weight();
        if (isIdle(event)) {
            tally.add(Count.IDLE_SESSIONS, times, event);
        }
        boolean tried = event.has(Field.MAIL) || event.has(Field.AUTH) || event.has(Field.ACCOUNT);
        if (!tried) {
            barren(event, tally, watch, times);
        }
    }

    /** Exim ends a session with the handshake that failed, and does not sum it up: that line is all that there is of it. */
    static void handshake(Event event, Tally tally, Watch watch) {
        boolean ended = event.is(Kind.TLS_ERROR)
                && event.daemon() == Daemon.EXIM
                && event.has(Field.STAGE)
                && !event.has(Field.RELAY_IP)
                && !event.has(Field.RELAY_HOST);
        if (ended) {
            barren(event, tally, watch, event.weight());
        }
    }

    private static void barren(Event event, Tally tally, Watch watch, long times) {
        String ip = event.has(Field.AMBIGUOUS) ? "" : event.text(Field.CLIENT_IP, "");
        if (watch == Watch.SERVER && !ip.isEmpty() && !LocalAddress.isPrivate(ip)) {
            tally.add(Count.BARREN_SESSIONS, times, event).note(Distinct.BARREN_CLIENTS, Networks.client(ip));
        } else if (watch == Watch.CLIENT) {
            tally.add(Count.BARREN_SESSIONS, times);
        }
    }

    /**
     * Whether Exim gave up on a client that said nothing for {@code smtp_receive_timeout}, 5 min: it does not say how long the
     * session was, and sums none up that had a MAIL.
     */
    private static boolean isSilent(Event event) {
        return event.daemon() == Daemon.EXIM
                && !event.has(Field.DURATION)
                && !event.says(Field.STAGE, Stage.DATA)
                && event.has(Field.CLIENT_IP);
    }

    /** Whether the session held its slot for long and did next to nothing with it. */
    static boolean isIdle(Event event) {
        return event.decimal(Field.DURATION, 0) >= IDLE_SECONDS && done(event) <= IDLE_COMMANDS;
    }

    /** Commands that were done: {@code 2/3} has two of three, Exim's {@code 3} three; none where none is told. */
    private static long done(Event event) {
        String commands = event.text(Field.COMMANDS, "");
        long done = 0;
        for (int at = 0; at < commands.length() && Character.isDigit(commands.charAt(at)) && done < 1000; at++) {
            done = done * 10 + commands.charAt(at) - '0';
        }
        return done;
    }

    /** {@code 0/0} or {@code 0/2}: not one command was done. */
    private static boolean isEmpty(String commands) {
        return commands.startsWith("0/") || commands.equals("0");
    }
}
