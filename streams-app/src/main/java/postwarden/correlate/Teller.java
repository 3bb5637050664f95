package postwarden.correlate;

import java.util.List;
import java.util.Map;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;

/** Which of the programs that serve one login told of it; each tells of each attempt once. The bits are stored. */
enum Teller {
    /** The daemon that the client speaks to: Postfix, Exim, an FTP server, Dovecot's login process. */
    DAEMON(1),
    /** An authentication server: Dovecot's {@code auth}, Courier's {@code authdaemond}. */
    AUTH_SERVER(2),
    /** Dovecot's databases, which are asked one after the other and each tell that they refused. */
    AUTH_BY_PAM(128),
    AUTH_BY_SQL(256),
    AUTH_BY_LDAP(512),
    AUTH_BY_FILE(1024),
    SASLAUTHD(4),
    /** PAM's own module, whichever program called it. */
    PAM_UNIX(8),
    /** Another of PAM's modules, such as pam_sss, which tells beside it. */
    PAM(16),
    /** The line that ends a session, which counts what did not succeed in it. */
    SESSION_END(32),
    /** A library within the daemon, such as Cyrus SASL in Postfix, which does not know the client. */
    LIBRARY(64);

    private static final List<Map.Entry<String, Teller>> DATABASES = List.of(
            Map.entry(" pam(", AUTH_BY_PAM),
            Map.entry(" sql(", AUTH_BY_SQL),
            Map.entry(" ldap(", AUTH_BY_LDAP),
            Map.entry(" passwd-file(", AUTH_BY_FILE));

    private final int bit;

    Teller(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    static Teller of(Event event) {
        String message = event.line().message();
        if (message.startsWith("pam_unix")) {
            return PAM_UNIX;
        }
        if (message.startsWith("pam_") || message.startsWith("PAM ") || event.daemon() == Daemon.PAM) {
            return PAM;
        }
        if (event.daemon() == Daemon.SASLAUTHD) {
            return SASLAUTHD;
        }
        if (isAuthServer(event)) {
            return database(message);
        }
        return event.has(Field.CLIENT_IP) ? DAEMON : LIBRARY;
    }

    /** By the first of their words, because it stands before the user: {@code auth: passwd-file(user,ip): …}. */
    private static Teller database(String message) {
        Teller first = AUTH_SERVER;
        int at = Integer.MAX_VALUE;
        for (Map.Entry<String, Teller> database : DATABASES) {
            int found = message.indexOf(database.getKey());
            if (found >= 0 && found < at) {
                at = found;
                first = database.getValue();
            }
        }
        return first;
    }

    /**
     * In a log file of its own the server's name is the program's; in syslog Dovecot's stands before the message. OpenSMTPD tells what
     * it was answered, and then, as of any command, that it failed.
     */
    private static boolean isAuthServer(Event event) {
        if (event.daemon() == Daemon.OPENSMTPD) {
            return event.rule().startsWith("opensmtpd/auth");
        }
        boolean has = event.daemon() == Daemon.DOVECOT || event.daemon() == Daemon.COURIER;
        return has
                && (event.line().program().startsWith("auth")
                        || event.line().message().startsWith("auth"));
    }
}
