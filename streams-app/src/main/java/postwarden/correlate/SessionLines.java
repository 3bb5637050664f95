package postwarden.correlate;

import java.util.Optional;
import postwarden.correlate.Trace.Session;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;

/**
 * Lines of one session, joined by the process that serves it or by its name, and how many sessions are open.
 *
 * <p>Postfix, ProFTPD and vsftpd serve one client at a time in a process, so its pid is a session; OpenSMTPD names the session on
 * each line, and the client on the first alone. The others tell a session's begin and end, but not always by which process: there
 * only the client's sessions are counted.
 *
 * <p>Sendmail and OpenSMTPD say who logged in, and on another line of the session that a message came, but not whose.
 */
final class SessionLines {
    private static final String SMTPD = "smtpd";
    private static final String PASSED = "passed";

    private final Aging<Trace> traces;
    private final OpenSessionCounts open;

    SessionLines(Aging<Trace> traces, CorrelatorParams params) {
        this.traces = traces;
        open = new OpenSessionCounts(traces, params);
    }

    Event began(Event event) {
        boolean local = !event.has(Field.CLIENT_IP);
        if (local || event.rule().startsWith("postscreen/")) {
            return event;
        }
        long now = event.time().toEpochMilli();
        Event.Builder builder = event.toBuilder();
        if (isSession(event)) {
            opened(event, now);
            if (wasScreened(event, now)) {
                builder.put(Field.COPY, true);
            }
        }
        String client = event.text(Field.CLIENT_IP, "");
        // Exim states how many sessions of all clients are open. Not each end of a session is logged there, so what the
        // daemon states is also the most that one client can have.
        long stated = event.number(Field.OBSERVED, Integer.MAX_VALUE);
        long all = open.began(event, "", now, stated);
        builder.put(Field.SERVER_SESSIONS, event.number(Field.OBSERVED, all));
        return builder.put(Field.OBSERVED, open.began(event, client, now, stated))
                .build();
    }

    Event ended(Event event) {
        long now = event.time().toEpochMilli();
        if (isSession(event)) {
            Optional<Session> session = session(event, now);
            if (!isLast(event)) {
                return session.map(known -> named(event, known)).orElse(event);
            }
            return session.isPresent() ? closed(event, session.get(), now) : loginsTold(event, 0);
        }
        // Where no session's begin was counted there is nothing to count off.
        event.text(Field.CLIENT_IP).filter(ip -> endsSession(event)).ifPresent(ip -> {
            open.endedSome(event, "", now);
            open.endedSome(event, ip, now);
        });
        return event;
    }

    /** postscreen hands the client to smtpd, whose own line is the same session. */
    Event passed(Event event) {
        event.text(Field.CLIENT_IP).ifPresent(ip -> {
            String key = Keys.of(event.line(), PASSED, ip);
            long now = event.time().toEpochMilli();
            traces.put(key, new Trace.Seen(now, ""), traces.get(key, now).isEmpty());
        });
        return event;
    }

    /** A login did not succeed and the line says why. */
    Event failed(Event event) {
        if (isSession(event)) {
            long now = event.time().toEpochMilli();
            session(event, now).ifPresent(known -> traces.put(key(event), known.failed(now), false));
        }
        return event;
    }

    /** A login, with its session's client; its account is that of the messages that the session brings. */
    Event authenticated(Event event) {
        Event known = filled(event);
        if (isApart(event) && known.has(Field.CLIENT_IP) && known.has(Field.ACCOUNT)) {
            long now = event.time().toEpochMilli();
            Optional<Session> before = session(event, now);
            Session session = before.orElseGet(() -> of(known, now)).submittedBy(now, known.text(Field.ACCOUNT, ""));
            traces.put(key(event), session, before.isEmpty());
        }
        return known;
    }

    /** A message with its session's client and account, where its own line names none. */
    Event brought(Event event) {
        if (event.has(Field.ACCOUNT) || !isApart(event)) {
            return event;
        }
        return session(event, event.time().toEpochMilli())
                .map(known -> owned(named(event, known), known))
                .orElse(event);
    }

    private static Event owned(Event event, Session session) {
        return session.account().isEmpty() || !session.clientIp().equals(event.text(Field.CLIENT_IP, ""))
                ? event
                : event.toBuilder().put(Field.ACCOUNT, session.account()).build();
    }

    /** The first message that a session submits as an account is that account's login. */
    Event submitted(Event event) {
        if (!event.has(Field.CLIENT_IP)) {
            return event;
        }
        String account = event.text(Field.ACCOUNT, "");
        long now = event.time().toEpochMilli();
        if (event.line().pid() > 0) {
            String key = key(event);
            Optional<Session> known =
                    session(event, now).filter(session -> session.clientIp().equals(event.text(Field.CLIENT_IP, "")));
            if (known.isPresent() && known.get().account().equals(account)) {
                return event;
            }
            Session session = known.orElseGet(() -> of(event, now)).submittedBy(now, account);
            traces.put(key, session, known.isEmpty());
        }
        return event.toBuilder().put(Field.LOGIN, true).build();
    }

    /** The event with its session's client, where the line itself names none. */
    Event filled(Event event) {
        if (event.has(Field.CLIENT_IP) || !isSession(event)) {
            return event;
        }
        return session(event, event.time().toEpochMilli())
                .map(known -> named(event, known))
                .orElse(event);
    }

    /** A handshake that failed, with its session's client; OpenSMTPD says it in the session's last line. */
    Event broken(Event event) {
        return isNamed(event) ? ended(event) : filled(event);
    }

    /** The event with the account that its session has submitted as before. */
    Event loggedIn(Event event) {
        if (event.has(Field.ACCOUNT) || !isSession(event) || event.is(Kind.AUTH_FAILURE)) {
            return event;
        }
        return session(event, event.time().toEpochMilli())
                .map(known -> owned(event, known))
                .orElse(event);
    }

    private void opened(Event event, long now) {
        String key = key(event);
        Optional<Session> before = session(event, now);
        before.ifPresent(session -> {
            // The end of that session is lost: a process has one client at a time.
            open.ended(event, "", now, session.began());
            open.ended(event, session.clientIp(), now, session.began());
        });
        traces.put(key, of(event, now), before.isEmpty());
    }

    private Event closed(Event event, Session session, long now) {
        traces.remove(key(event));
        open.ended(event, "", now, session.began());
        open.ended(event, session.clientIp(), now, session.began());
        Event.Builder builder = named(event, session).toBuilder();
        if (!event.has(Field.DURATION)) {
            builder.put(Field.DURATION, Math.max(0, now - session.began()) / 1000.0);
        }
        return loginsTold(builder.build(), session.failures());
    }

    /** {@code auth=0/2} without a line that says why: two attempts that failed, told by nobody else. */
    private static Event loginsTold(Event event, int told) {
        String logins = event.text(Field.AUTH, "");
        int slash = logins.indexOf('/');
        if (slash < 0 || told > 0) {
            return event;
        }
        long done = Numbers.parse(logins, 0, slash);
        long tried = Numbers.parse(logins, slash + 1, logins.length());
        return done != 0 || tried < 1
                ? event
                : event.toBuilder().put(Field.FRESH_ATTEMPTS, tried).build();
    }

    private boolean wasScreened(Event event, long now) {
        String key = Keys.of(event.line(), PASSED, event.text(Field.CLIENT_IP, ""));
        boolean screened = traces.get(key, now).isPresent();
        if (screened) {
            traces.remove(key);
        }
        return screened;
    }

    private Optional<Session> session(Event event, long now) {
        return traces.get(key(event), now).filter(Session.class::isInstance).map(Session.class::cast);
    }

    private static Session of(Event event, long now) {
        return new Session(
                now,
                now,
                event.text(Field.CLIENT_IP, ""),
                event.text(Field.CLIENT_HOSTNAME, ""),
                event.text(Field.SERVICE, ""),
                0,
                "");
    }

    private static Event named(Event event, Session session) {
        if (event.has(Field.CLIENT_IP)) {
            return event;
        }
        Event.Builder builder = event.toBuilder().put(Field.CLIENT_IP, session.clientIp());
        if (!session.clientHostname().isEmpty()) {
            builder.put(Field.CLIENT_HOSTNAME, session.clientHostname());
        }
        return session.service().isEmpty() || event.has(Field.SERVICE)
                ? builder.build()
                : builder.put(Field.SERVICE, session.service()).build();
    }

    /** Whether all lines of a session carry its name, or the pid of a process that serves one client at a time. */
    private static boolean isSession(Event event) {
        return switch (event.daemon()) {
            case POSTFIX ->
                event.line().program().endsWith(SMTPD) && event.line().pid() > 0;
            case PROFTPD, VSFTPD -> event.line().pid() > 0;
            case OPENSMTPD -> event.has(Field.SESSION);
            default -> false;
        };
    }

    /** Whether who logged in and what came stand on lines of their own that tell that they are of one session. */
    private static boolean isApart(Event event) {
        return event.daemon() == Daemon.SENDMAIL ? event.line().pid() > 0 : isNamed(event);
    }

    private static boolean isNamed(Event event) {
        return event.daemon() == Daemon.OPENSMTPD && event.has(Field.SESSION);
    }

    /** Whether no other line of the session comes: elsewhere a lost connection is followed by its end. */
    private static boolean isLast(Event event) {
        return event.is(Kind.DISCONNECT) || event.is(Kind.LOGOUT) || isNamed(event);
    }

    private static String key(Event event) {
        return isNamed(event)
                ? Keys.of(event.line(), "session", event.text(Field.SESSION, ""))
                : Keys.process(event.line());
    }

    /** Postfix's other services end no session that was counted. */
    private static boolean endsSession(Event event) {
        return event.daemon() != Daemon.POSTFIX;
    }
}
