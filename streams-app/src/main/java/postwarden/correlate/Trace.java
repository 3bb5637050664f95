package postwarden.correlate;

import java.time.Duration;
import java.util.List;
import postwarden.event.Reason;

/** What lines of a host left behind for those that follow, each kind under keys of its own; all small. */
public sealed interface Trace {

    /** Time of the last line that changed it, milliseconds since 1970. */
    long time();

    /** How long it is of use after that. */
    Duration kept(CorrelatorParams params);

    /** What {@code cases} makes of this kind of trace. */
    <R> R match(Cases<R> cases);

    /** One answer for each kind: whoever forgets one does not compile. */
    interface Cases<R> {
        R session(Session trace);

        R openSessions(OpenSessions trace);

        R tried(Tried trace);

        R submissions(Submissions trace);

        R seen(Seen trace);

        R troubles(Troubles trace);

        R outbound(Outbound trace);

        R copies(Copies trace);

        R files(Files trace);

        R relay(Relay trace);

        R refused(Refused trace);

        R habit(Habit trace);
    }

    /**
     * A session that is open, under the pid of the process that serves it.
     *
     * @param began when, milliseconds since 1970
     * @param failures lines of its own that said why a login did not succeed, >= 0
     * @param account who submitted in it; empty while nobody did
     */
    record Session(
            long time, long began, String clientIp, String clientHostname, String service, int failures, String account)
            implements Trace {
        @Override
        public Duration kept(CorrelatorParams params) {
            return params.sessionAge();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.session(this);
        }

        Session failed(long at) {
            return new Session(at, began, clientIp, clientHostname, service, failures + 1, account);
        }

        Session submittedBy(long at, String login) {
            return new Session(at, began, clientIp, clientHostname, service, failures, login);
        }
    }

    /**
     * How many sessions of a client, or of all, are open: those of the current period and of the one before. Periods
     * instead of single sessions, so that a flood of any size costs two numbers and a lost end of session is forgotten.
     *
     * @param period number of the current period
     */
    record OpenSessions(long time, long period, int current, int previous) implements Trace {
        static final OpenSessions NONE = new OpenSessions(0, 0, 0, 0);

        @Override
        public Duration kept(CorrelatorParams params) {
            return params.sessionAge();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.openSessions(this);
        }

        int open() {
            return current + previous;
        }

        /** After a session began in the period. */
        OpenSessions began(long at, long inPeriod) {
            OpenSessions now = turnedTo(inPeriod);
            return new OpenSessions(at, now.period, now.current + 1, now.previous);
        }

        /** The same when no more than {@code most} can be open; the older ones are those whose end was not seen. */
        OpenSessions atMost(long most) {
            if (open() <= most) {
                return this;
            }
            int left = (int) Math.max(0, most);
            return new OpenSessions(time, period, Math.min(current, left), left - Math.min(current, left));
        }

        /** After a session ended that had begun in a period; unchanged when that one is not counted any more. */
        OpenSessions ended(long at, long inPeriod, long begunIn) {
            OpenSessions now = turnedTo(inPeriod);
            if (begunIn >= now.period && now.current > 0) {
                return new OpenSessions(at, now.period, now.current - 1, now.previous);
            }
            return begunIn < now.period - 1
                    ? now
                    : new OpenSessions(at, now.period, now.current, Math.max(0, now.previous - 1));
        }

        /** After a session ended of which nobody knows when it began: most are short. */
        OpenSessions endedSome(long at, long inPeriod) {
            OpenSessions now = turnedTo(inPeriod);
            return now.ended(at, inPeriod, now.current > 0 ? now.period : now.period - 1);
        }

        private OpenSessions turnedTo(long inPeriod) {
            if (inPeriod <= period) {
                return this;
            }
            return new OpenSessions(time, inPeriod, 0, inPeriod == period + 1 ? current : 0);
        }
    }

    /**
     * Refused logins from one address, or lately on the host, that another line may tell of as well, at most {@value #LIMIT}.
     */
    record Tried(long time, List<TriedLogin> told) implements Trace {
        static final int LIMIT = 64;
        /** A line about several attempts ends a session, which Dovecot allows three minutes to log in (AUTH_REQUEST_TIMEOUT). */
        static final Duration LONGEST = Duration.ofMinutes(3);

        public Tried {
            told = List.copyOf(told);
        }

        @Override
        public Duration kept(CorrelatorParams params) {
            return params.attemptWindow().plus(LONGEST);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.tried(this);
        }
    }

    /** Command lines of local submissions whose message has not come yet, at most {@value #LIMIT}. */
    record Submissions(long time, List<Command> commands) implements Trace {
        static final int LIMIT = 8;

        public Submissions {
            commands = List.copyOf(commands);
        }

        /** One command line: where it ran. */
        public record Command(long time, String workingDirectory, String arguments) {}

        @Override
        public Duration kept(CorrelatorParams params) {
            return params.submissionWindow();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.submissions(this);
        }
    }

    /** The latest deliveries to a domain: when each connection was in use, at most {@value #LIMIT}. */
    record Outbound(long time, List<Use> uses) implements Trace {
        static final int LIMIT = 32;

        public Outbound {
            uses = List.copyOf(uses);
        }

        /**
         * One delivery.
         *
         * @param start and {@code end} of set-up and transmission, milliseconds since 1970
         * @param good whether the other side took the message
         */
        public record Use(long start, long end, boolean good) {
            boolean holds(long moment) {
                return start <= moment && moment <= end;
            }
        }

        @Override
        public Duration kept(CorrelatorParams params) {
            return params.troubleAge();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.outbound(this);
        }
    }

    /** Something that the next line of its kind takes up: a client that postscreen let through. */
    record Seen(long time, String file) implements Trace {
        @Override
        public Duration kept(CorrelatorParams params) {
            return params.copyWindow();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.seen(this);
        }
    }

    /** That a daemon of the host writes lines of some kind, which others are told to leave out. */
    record Habit(long time) implements Trace {
        /** How often at most one is noted again while it is kept, and not with each line. */
        static final long RENEWALS = 4;

        @Override
        public Duration kept(CorrelatorParams params) {
            return params.sessionAge();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.habit(this);
        }
    }

    /** The lines of one second of a host that other files may hold as well. */
    record Copies(long time, CopyTable told) implements Trace {
        /** How far apart files of one host are read, at most: intake.lateness is 5 s unless someone raises it. */
        static final Duration APART = Duration.ofSeconds(30);

        @Override
        public Duration kept(CorrelatorParams params) {
            return params.copyWindow().plus(APART);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.copies(this);
        }
    }

    /**
     * Which files of a host are being read.
     *
     * @param time of its newest line, milliseconds since 1970
     * @param file hash of the file that the last line came from
     * @param switched the newest line's time when another file than before was read; {@link Long#MIN_VALUE} before the first
     */
    record Files(long time, int file, long switched) implements Trace {
        @Override
        public Duration kept(CorrelatorParams params) {
            return params.sessionAge();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.files(this);
        }
    }

    /**
     * A relay that mail for well-known domains was sent to.
     *
     * @param providers a bit for each provider whose recipients' mail it was asked to take
     */
    record Relay(long time, long providers) implements Trace {
        @Override
        public Duration kept(CorrelatorParams params) {
            return params.queueAge();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.relay(this);
        }
    }

    /**
     * Whose mail was refused with words that name an address.
     *
     * @param account whose it was last
     * @param other when it was another account's, milliseconds since 1970; {@link Long#MIN_VALUE} for never
     */
    record Refused(long time, String account, long other) implements Trace {
        @Override
        public Duration kept(CorrelatorParams params) {
            return params.sessionAge();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.refused(this);
        }

        /** After a further refusal, of this account's mail. */
        Refused again(long at, String whose) {
            return new Refused(at, whose, whose.equals(account) ? other : time);
        }
    }

    /**
     * Relays that went wrong in an attempt whose recipient has not been told yet.
     *
     * @param relays how many, >= 1
     * @param reason the gravest
     * @param early whether that one came before the first command
     * @param lastRelayIp the last of them; empty when the line does not say
     * @param lastReason why that one went wrong
     */
    record Troubles(long time, int relays, Reason reason, boolean early, String lastRelayIp, Reason lastReason)
            implements Trace {
        @Override
        public Duration kept(CorrelatorParams params) {
            return params.troubleAge();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.troubles(this);
        }
    }
}
