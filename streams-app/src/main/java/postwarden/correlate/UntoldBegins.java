package postwarden.correlate;

import java.util.EnumSet;
import java.util.Set;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Stage;

/**
 * Sessions of which the log has the end alone. Exim logs connections with {@code log_selector = +smtp_connection} and Sendmail
 * from LogLevel 12 on; without, a client that connects 2,000 times a minute and leaves would be no flood. So there the end of a
 * session stands for its beginning too, once: where Exim sums such sessions up ({@code +smtp_no_mail}), that line does, because
 * it comes beside the others. What a daemon leaves out is not known, only what it has written within the last session's age.
 */
final class UntoldBegins {
    private static final Set<Daemon> SAY_IT_WHEN_ASKED = EnumSet.of(Daemon.EXIM, Daemon.SENDMAIL);
    private static final String BEGINS = "begins";
    private static final String SUMS = "sums";

    private final Aging<Trace> traces;
    private final long renewed;

    UntoldBegins(Aging<Trace> traces, CorrelatorParams params) {
        this.traces = traces;
        renewed = params.sessionAge().toMillis() / Trace.Habit.RENEWALS;
    }

    /** Notes that this host's daemon does say when a session begins. */
    Event began(Event event) {
        if (concerns(event)) {
            note(event, BEGINS);
        }
        return event;
    }

    /** The end of a session, or a line behind which there is none; marked if it stands for the beginning, too. */
    Event ended(Event event) {
        if (!concerns(event) || !isEnd(event)) {
            return event;
        }
        boolean sum = event.is(Kind.STATS);
        if (sum) {
            note(event, SUMS);
        }
        boolean told = isKnown(event, BEGINS) || (!sum && isSummedUp(event) && isKnown(event, SUMS));
        return told ? event : event.toBuilder().put(Field.UNTOLD_BEGIN, true).build();
    }

    private static boolean concerns(Event event) {
        return SAY_IT_WHEN_ASKED.contains(event.daemon())
                && event.has(Field.CLIENT_IP)
                && !event.has(Field.RELAY_IP)
                && !event.has(Field.RELAY_HOST);
    }

    /**
     * Exim's session ends with a handshake that failed, and a client that it refuses at once has had one; Sendmail lets such a
     * client go on talking, and tells its end.
     */
    private static boolean isEnd(Event event) {
        return switch (event.kind()) {
            case DISCONNECT, LOST_CONNECTION, TIMEOUT, STATS -> true;
            case TLS_ERROR -> event.daemon() == Daemon.EXIM && event.has(Field.STAGE);
            case REJECT, DEFER_REJECT, DNSBL, POLICY ->
                event.daemon() == Daemon.EXIM && event.says(Field.STAGE, Stage.CONNECT);
            default -> false;
        };
    }

    /** Handshakes that fail and refusals are not summed up again. */
    private static boolean isSummedUp(Event event) {
        return event.is(Kind.DISCONNECT) || event.is(Kind.LOST_CONNECTION) || event.is(Kind.TIMEOUT);
    }

    private boolean isKnown(Event event, String habit) {
        return traces.get(key(event, habit), event.time().toEpochMilli()).isPresent();
    }

    private void note(Event event, String habit) {
        String key = key(event, habit);
        long now = event.time().toEpochMilli();
        Trace before = traces.get(key, now).orElse(null);
        if (before == null || now - before.time() > renewed) {
            traces.put(key, new Trace.Habit(now), before == null);
        }
    }

    private static String key(Event event, String habit) {
        return Keys.of(event.line(), habit, event.daemon().wireName());
    }
}
