package postwarden.correlate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import postwarden.correlate.Trace.Tried;
import postwarden.event.Event;
import postwarden.event.Field;

/**
 * One refused login, one count, however many programs tell of it: the daemon that the client speaks to, Dovecot's
 * authentication server, saslauthd, PAM's modules, the line that ends the session; in any order, because they may write to
 * different files.
 *
 * <p>Each teller tells of each attempt once, so a line takes up attempts that its teller has not told of yet, and what is
 * left over is new. Lines that name the client are joined by it. Those that do not (saslauthd never does) are joined by
 * account and time with all of the host. Such a line cannot count for the client: that is counted with the first line that
 * names it, and the account likewise, so that each attempt counts once for the host, once for the client and once for each
 * account that a line names it by, whichever line came first.
 */
final class LoginLines {
    private static final double MILLIS = 1000;
    /** PAM delays a refusal by some two seconds (pam_unix, FAIL_DELAY); without a name in common no more is risked. */
    private static final long NAMELESS_MILLIS = 5000;

    private final Aging<Trace> traces;
    private final long window;

    LoginLines(Aging<Trace> traces, CorrelatorParams params) {
        this.traces = traces;
        window = params.attemptWindow().toMillis();
    }

    /** A line that says that logins were refused. */
    Event failed(Event event) {
        return told(event, Math.max(1, event.number(Field.ATTEMPTS, 1)) * event.weight(), Teller.of(event));
    }

    /** A login: says so where its client was refused within the last minutes, as one is who guesses until it fits. */
    Event succeeded(Event event) {
        String ip = event.text(Field.CLIENT_IP, "");
        return ip.isEmpty()
                        || tried(key(event, ip), event.time().toEpochMilli()).isEmpty()
                ? event
                : event.toBuilder().put(Field.AFTER_REFUSAL, true).build();
    }

    /** The end of a session in which so many logins did not succeed. */
    Event ended(Event event, long attempts) {
        return told(event, attempts, Teller.SESSION_END);
    }

    private Event told(Event event, long attempts, Teller teller) {
        long now = event.time().toEpochMilli();
        String ip = event.text(Field.CLIENT_IP, "");
        String account = event.text(Field.ACCOUNT, "").toLowerCase(Locale.ROOT);
        int session = event.text(Field.SESSION).map(String::hashCode).orElse(0);
        TriedLogin mine = new TriedLogin(now, teller.bit(), account, session, !ip.isEmpty());
        List<TriedLogin> ofHost = remembered(event, "", now, window);
        List<TriedLogin> ofClient =
                ip.isEmpty() ? List.of() : remembered(event, ip, now, window + Tried.LONGEST.toMillis());
        Joining joining = new Joining(ofHost, ofClient, mine);
        joining.join(attempts, window + Math.round(event.decimal(Field.DURATION, 0) * MILLIS), window, NAMELESS_MILLIS);
        remember(event, "", now, ofHost);
        if (!ip.isEmpty()) {
            remember(event, ip, now, ofClient);
        }
        return joining.counted(event);
    }

    private List<TriedLogin> remembered(Event event, String ip, long now, long longest) {
        List<TriedLogin> told =
                new ArrayList<>(tried(key(event, ip), now).map(Tried::told).orElse(List.of()));
        told.removeIf(one -> Math.abs(now - one.time()) > longest);
        return told;
    }

    private void remember(Event event, String ip, long now, List<TriedLogin> told) {
        String key = key(event, ip);
        boolean known = tried(key, now).isPresent();
        while (told.size() > Tried.LIMIT) {
            told.remove(leastMissed(told));
        }
        if (!told.isEmpty()) {
            traces.put(key, new Tried(now, told), !known);
        } else if (known) {
            traces.remove(key);
        }
    }

    /** The oldest that two tellers have told of, else the oldest. */
    private static int leastMissed(List<TriedLogin> told) {
        for (int i = 0; i < told.size(); i++) {
            if (Integer.bitCount(told.get(i).tellers()) > 1) {
                return i;
            }
        }
        return 0;
    }

    private Optional<Tried> tried(String key, long now) {
        return traces.get(key, now).filter(Tried.class::isInstance).map(Tried.class::cast);
    }

    private static String key(Event event, String ip) {
        return Keys.of(event.line(), "login", ip);
    }
}
