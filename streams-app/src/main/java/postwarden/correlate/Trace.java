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

        R relay(Relay trace);
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
    record Tried(long time, List<Told> told) implements Trace {
        static final int LIMIT = 64;
        /** A line about several attempts ends a session, which Dovecot allows three minutes to log in (AUTH_REQUEST_TIMEOUT). */
        static final Duration LONGEST = Duration.ofMinutes(3);

        public Tried {
            told = List.copyOf(told);
        }

        /**
         * One refused login.
         *
         * @param tellers bits of the {@link Teller}s that told of it
         * @param account lower case; empty while no line said; two with a line feed between them where one line tells it
         *     with its domain and another without
         * @param session hash of the session's name; 0 while no line said
         * @param client whether a line named the client
         */
        public record Told(long time, int tellers, String account, int session, boolean client) {
            private static final char AND = '\n';

            /** Whether a line told exactly this account. */
            boolean names(String name) {
                int cut = account.indexOf(AND);
                return cut < 0
                        ? account.equals(name)
                        : account.substring(0, cut).equals(name)
                                || account.substring(cut + 1).equals(name);
            }

            /** Whether the account is this one, with its domain or without. */
            boolean mayName(String name) {
                int cut = account.indexOf(AND);
                return isSame(cut < 0 ? account : account.substring(0, cut), name)
                        || (cut >= 0 && isSame(account.substring(cut + 1), name));
            }

            /** The accounts after one more; a third is not kept. */
            String andNames(String name) {
                return account.isEmpty() ? name : account.indexOf(AND) < 0 ? account + AND + name : account;
            }

            private static boolean isSame(String one, String other) {
                return localPart(one).equals(localPart(other));
            }

            private static String localPart(String name) {
                int at = name.lastIndexOf('@');
                return at < 0 ? name : name.substring(0, at);
            }
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

    /** Lines of one part of a host's memory that other files may hold as well, at most {@value #LIMIT}. */
    record Copies(long time, List<Told> told) implements Trace {
        static final int LIMIT = 64;
        /** How far apart files of one host are read, at most: intake.lateness is 5 s unless someone raises it. */
        private static final Duration APART = Duration.ofSeconds(30);

        public Copies {
            told = List.copyOf(told);
        }

        @Override
        public Duration kept(CorrelatorParams params) {
            return params.copyWindow().plus(APART);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.copies(this);
        }

        /**
         * One line.
         *
         * @param hash of what it says
         * @param pid of its process; 0 while no header named it
         * @param files 16 bits of each file's hash that held it, up to four; 0 for none
         */
        public record Told(long time, long hash, int pid, long files) {
            static final long NO_FILES = 0;
            private static final int BITS = 16;
            private static final long ONE = 0xFFFF;
            /** Knuth, multiplicative hashing by the golden ratio. */
            private static final long SPREAD = 0x9E3779B97F4A7C15L;


            boolean isOf(int otherPid) {
                return pid <= 0 || otherPid <= 0 || pid == otherPid;
            }

            boolean isIn(int file) {
                for (long left = files; left != 0; left >>>= BITS) {
                    if ((left & ONE) == bits(file)) {
                        return true;
                    }
                }
                return false;
            }

            /** The same in a further file; a fifth is not noted. */
            Told in(int file) {
                return files >>> Long.SIZE - BITS != 0 ? this : new Told(time, hash, pid, files << BITS | bits(file));
            }

            Told by(int otherPid) {
                return pid > 0 || otherPid <= 0 ? this : new Told(time, hash, otherPid, files);
            }

            /** Never 0, which stands for no file; names that differ in one digit are spread apart. */
            private static long bits(int file) {
                return Math.max(1, file * SPREAD >>> Long.SIZE - BITS);
            }
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
