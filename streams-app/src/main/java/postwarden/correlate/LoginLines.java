package postwarden.correlate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import postwarden.correlate.Trace.Attempts;
import postwarden.correlate.Trace.Attempts.Told;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;

/**
 * One refused login, one count: Dovecot's authentication server and the daemon that the client speaks to both tell of it,
 * in either order (they may write to different files). A line takes up what the other side has told within the window.
 */
final class LoginLines {
    private static final double MILLIS = 1000;

    private final Aging<Trace> traces;
    private final long window;

    LoginLines(Aging<Trace> traces, CorrelatorParams params) {
        this.traces = traces;
        window = params.attemptWindow().toMillis();
    }

    Event failed(Event event) {
        long attempts = Math.max(1, event.number(Field.ATTEMPTS, 1)) * event.weight();
        String key = Keys.of(event.line(), "login", event.text(Field.CLIENT_IP, ""));
        long now = event.time().toEpochMilli();
        Optional<Attempts> known =
                traces.get(key, now).filter(Attempts.class::isInstance).map(Attempts.class::cast);
        List<Told> told = new ArrayList<>(known.map(Attempts::told).orElse(List.of()));
        long oldest = window + Math.round(event.decimal(Field.DURATION, 0) * MILLIS);
        told.removeIf(one -> Math.abs(now - one.time()) > window + Attempts.LONGEST.toMillis());
        Told mine =
                new Told(now, isAuthServer(event), event.text(Field.ACCOUNT, "").toLowerCase(Locale.ROOT));
        long fresh = attempts - takeUp(told, mine, attempts, oldest);
        // Both sides tell of every attempt or one side of none, so what is left over waits for the other side.
        for (long i = 0; i < Math.min(fresh, Attempts.LIMIT); i++) {
            told.add(mine);
        }
        remember(key, known.isPresent(), now, told);
        return event.toBuilder().put(Field.FRESH_ATTEMPTS, fresh).build();
    }

    private void remember(String key, boolean known, long now, List<Told> told) {
        int excess = Math.max(0, told.size() - Attempts.LIMIT);
        if (!told.isEmpty()) {
            traces.put(key, new Attempts(now, told.subList(excess, told.size())), !known);
        } else if (known) {
            traces.remove(key);
        }
    }

    private static long takeUp(List<Told> told, Told mine, long most, long oldest) {
        long taken = 0;
        for (int i = 0; i < told.size() && taken < most; ) {
            if (isSame(told.get(i), mine) && Math.abs(mine.time() - told.get(i).time()) <= oldest) {
                told.remove(i);
                taken++;
            } else {
                i++;
            }
        }
        return taken;
    }

    private static boolean isSame(Told other, Told mine) {
        return other.byAuthServer() != mine.byAuthServer()
                && (other.account().equals(mine.account())
                        || other.account().isEmpty()
                        || mine.account().isEmpty());
    }

    private static boolean isAuthServer(Event event) {
        return event.daemon() == Daemon.DOVECOT && event.line().message().startsWith("auth");
    }
}
