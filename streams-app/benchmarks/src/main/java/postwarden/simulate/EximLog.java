package postwarden.simulate;

import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Queue;

/** What Exim writes, with the log selectors that cPanel sets; the words are those of Exim 4.96. */
final class EximLog implements MailLog {
    private static final String EXIM = "exim";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String TLS = " X=TLS1.3:ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM:256 CV=no";
    /** Between two lines of a session. */
    private static final long STEP = 40_000;
    /** How long a session lasts of which nothing else is known. */
    private static final long SHORT = Agenda.SECOND;

    private final Station station;
    private final Chance chance;
    /** When the sessions that are open will end. */
    private final Queue<Long> ends = new PriorityQueue<>();

    private long messages;

    EximLog(Station station, Chance chance) {
        this.station = station;
        this.chance = chance;
    }

    @Override
    public void leaves(long at, Client client, Left after) {
        int pid = connect(at, client);
        long then = at + STEP + chance.part(STEP);
        String name = after == Left.CONNECT ? "[" + client.ip() + "]" : "(h.example) [" + client.ip() + "]";
        if (after == Left.STARTTLS) {
            station.write(
                    then,
                    EXIM,
                    pid,
                    "TLS error on connection from " + name + " (SSL_accept): error:00000000:lib(0)::reason(0)");
        }
        station.write(then + 1, EXIM, pid, "SMTP connection from " + name + " lost D=0s");
        station.write(
                then + 2,
                EXIM,
                pid,
                "no MAIL in SMTP connection from " + name + " D=0s" + (after == Left.CONNECT ? "" : " C=EHLO"));
    }

    @Override
    public void visits(long at, Client client) {
        int pid = connect(at, client);
        String name = peer(client);
        station.write(at + STEP, EXIM, pid, "no MAIL in SMTP connection from " + name + " D=0s C=EHLO,QUIT");
        station.write(at + STEP + 1, EXIM, pid, "SMTP connection from " + name + " closed by QUIT");
    }

    @Override
    public void holds(long at, Client client, long micros) {
        int pid = connect(at, client, micros);
        String name = peer(client);
        station.write(at + micros, EXIM, pid, "SMTP command timeout on connection from " + name);
        station.write(
                at + micros + 1,
                EXIM,
                pid,
                "no MAIL in SMTP connection from " + name + " D=" + duration(micros) + " C=EHLO");
    }

    @Override
    public void receives(long at, Client client, String from, List<String> to, int bytes, String subject) {
        int pid = connect(at, client);
        String id = id(at);
        long then = at + 2 * STEP;
        station.write(
                then,
                EXIM,
                pid,
                id + " <= " + (from.isEmpty() ? "<>" : from) + " H=" + peer(client) + " P=esmtps" + TLS + " S=" + bytes
                        + " id=" + id + "@" + client.name() + " T=\"" + subject + "\" for " + String.join(" ", to));
        station.write(then + 1, EXIM, pid, "SMTP connection from " + peer(client) + " closed by QUIT");
        int delivery = station.pid();
        for (String one : to) {
            station.write(
                    then + STEP,
                    EXIM,
                    delivery,
                    id + " => " + one.substring(0, one.indexOf('@')) + " <" + one
                            + "> R=virtual_user T=dovecot_virtual_delivery C=\"250 2.0.0 <" + one + "> "
                            + chance.word(16) + " Saved\"");
        }
        done(then + 2 * STEP, id);
    }

    @Override
    public void forwards(long at, Client client, String to, String on, Site site, String messageId, Answer answer) {
        int pid = connect(at, client);
        String id = id(at);
        station.write(
                at + 2 * STEP,
                EXIM,
                pid,
                id + " <= info@" + site.domain + " H=" + peer(client) + " P=esmtps" + TLS + " S=4711 id=" + messageId
                        + " T=\"Re: order\" for " + to);
        station.write(at + 2 * STEP + 1, EXIM, pid, "SMTP connection from " + peer(client) + " closed by QUIT");
        tried(at + 8 * STEP, id, on + " <" + to + ">", site, answer, .1);
        done(at + 8 * STEP + 1, id);
    }

    @Override
    public void knowsNot(long at, Client client, String from, String to) {
        refuses(at, client, from, to, "No Such User Here");
    }

    @Override
    public void relays(long at, Client client, String from, String to) {
        refuses(at, client, from, to, "relay not permitted");
    }

    @Override
    public void guessed(long at, Client client, String user) {
        int pid = connect(at, client);
        long then = at + STEP + chance.part(2 * Agenda.SECOND);
        String name = (client.hasName() ? client.name() + " " : "") + "(h.example) [" + client.ip() + "]";
        station.write(
                then,
                EXIM,
                pid,
                "dovecot_login authenticator failed for " + name + ": 535 Incorrect authentication data (set_id=" + user
                        + ")");
        station.write(then + STEP, EXIM, pid, "SMTP connection from " + name + " lost D=1s");
    }

    @Override
    public String submitted(
            long at, Client client, String account, String from, List<String> to, int bytes, String subject) {
        int pid = connect(at, client);
        String id = id(at);
        String name = (client.hasName() ? client.name() + " " : "") + "([192.168.1.33]) [" + client.ip() + "]";
        station.write(
                at + 2 * STEP,
                EXIM,
                pid,
                id + " <= " + from + " H=" + name + " P=esmtpsa" + TLS + " A=dovecot_login:" + account + " S=" + bytes
                        + " id=" + id + "@" + station.domain + " T=\"" + subject + "\" for " + String.join(" ", to));
        station.write(at + 3 * STEP, EXIM, pid, "SMTP connection from " + name + " closed by QUIT");
        return id;
    }

    @Override
    public String scripted(
            long at, String user, String directory, String from, List<String> to, int bytes, String subject) {
        int pid = station.pid();
        String id = id(at);
        station.write(at, EXIM, pid, "cwd=" + directory + " 3 args: /usr/sbin/sendmail -t -i");
        station.write(
                at + STEP / 4,
                EXIM,
                pid + 1,
                id + " <= " + from + " U=" + user + " P=local S=" + bytes + " id=" + id + "@" + station.domain + " T=\""
                        + subject + "\" for " + String.join(" ", to));
        return id;
    }

    @Override
    public String relayed(long at, Client client, String from, List<String> to, int bytes, String subject) {
        int pid = connect(at, client);
        String id = id(at);
        station.write(
                at + STEP,
                EXIM,
                pid,
                id + " <= " + from + " H=" + peer(client) + " P=esmtp S=" + bytes + " id=" + id + "@" + station.domain
                        + " T=\"" + subject + "\" for " + String.join(" ", to));
        station.write(at + STEP + 1, EXIM, pid, "SMTP connection from " + peer(client) + " closed by QUIT");
        return id;
    }

    @Override
    public void tried(long at, String id, String to, Site site, Answer answer, double ageSeconds) {
        int pid = station.pid();
        String route = to + " R=lookuphost T=remote_smtp";
        String host = " H=" + site.mx + " [" + site.ip + "]";
        switch (answer.fate()) {
            case SENT ->
                station.write(
                        at,
                        EXIM,
                        pid,
                        id + " => " + route + host + TLS + " C=\"250 2.0.0 Ok: queued as " + chance.hex(10) + "\"");
            case BOUNCED -> station.write(at, EXIM, pid, id + " ** " + route + host + TLS + ": " + said(to, answer));
            case DEFERRED -> deferred(at, pid, id, to, route, host, site, answer);
        }
    }

    @Override
    public void again(long at, String id, String from, int recipients) {
        // Exim says nothing when it takes a message up again.
    }

    @Override
    public void done(long at, String id) {
        station.write(at, EXIM, station.pid(), id + " Completed");
    }

    @Override
    public void limited(long at, Client client, int observed) {
        station.write(
                at,
                EXIM,
                81,
                "Connection from [" + client.ip() + "] refused: too many connections from that IP address");
    }

    @Override
    public void full(long at, Client client, int places) {
        station.write(at, EXIM, 81, "Connection from [" + client.ip() + "] refused: too many connections");
    }

    /** The load is too high to let anybody in who is not in the reserve. */
    void overloaded(long at, Client client, double load) {
        station.write(
                at,
                EXIM,
                81,
                "Connection from [" + client.ip() + "] refused: load average = "
                        + String.format(Locale.ROOT, "%.2f", load));
    }

    /** A message is only put into the queue, because so many connections are open. */
    void queuedOnly(long at, int connections, int most) {
        station.write(
                at,
                EXIM,
                station.pid(),
                id(at) + " no immediate delivery: too many connections (" + connections + ", max " + most + ")");
    }

    /** cPanel throws a message away because its domain's hour is full. */
    void overHourly(long at, String to, String domain, int sent, int limit) {
        station.write(
                at,
                EXIM,
                station.pid(),
                id(at) + " ** " + to + " R=enforce_mail_permissions: Domain " + domain
                        + " has exceeded the max emails per hour (" + sent + "/" + limit + " (" + 100 * sent / limit
                        + "%)) allowed. Message discarded.");
    }

    private void deferred(long at, int pid, String id, String to, String route, String host, Site site, Answer answer) {
        switch (answer.stage()) {
            case NOT_TRIED ->
                station.write(
                        at,
                        EXIM,
                        pid,
                        id + " == " + route + " defer (-54): retry time not reached for any host for '" + site.domain
                                + "'");
            case NO_NAME ->
                station.write(
                        at, EXIM, pid, id + " == " + to + " R=lookuphost defer (-1): host lookup did not complete");
            case NO_CONNECTION -> {
                station.write(at, EXIM, pid, id + host + " Connection timed out");
                station.write(
                        at + 1,
                        EXIM,
                        pid,
                        id + " == " + route + " defer (110): Connection timed out" + host
                                + ": SMTP timeout after initial connection");
            }
            default -> {
                if (answer.stage() == Answer.Stage.CONNECT) {
                    station.write(at, EXIM, pid, id + host + ": " + said(to, answer));
                }
                int code = answer.stage() == Answer.Stage.CONNECT ? 0 : -44;
                station.write(
                        at + 1,
                        EXIM,
                        pid,
                        id + " == " + route + " defer (" + code + ")" + host + ": " + said(to, answer));
            }
        }
    }

    private static String said(String to, Answer answer) {
        String after = switch (answer.stage()) {
            case RECIPIENT -> "RCPT TO:<" + to + ">";
            case DATA -> "end of data";
            default -> "initial connection";
        };
        return "SMTP error from remote mail server after " + after + ": " + answer.text();
    }

    private void refuses(long at, Client client, String from, String to, String why) {
        int pid = connect(at, client);
        station.write(
                at + STEP, EXIM, pid, "H=" + peer(client) + " F=<" + from + "> rejected RCPT <" + to + ">: " + why);
        station.write(at + STEP + 1, EXIM, pid, "SMTP connection from " + peer(client) + " closed by QUIT");
    }

    private int connect(long at, Client client) {
        return connect(at, client, SHORT);
    }

    /** The daemon says how many sessions are open, this one among them; a session of somebody else's may be, too. */
    private int connect(long at, Client client, long lasts) {
        int pid = station.pid();
        while (!ends.isEmpty() && ends.element() <= at) {
            ends.remove();
        }
        ends.add(at + lasts);
        int open = ends.size() - 1 + chance.between(1, 6);
        station.write(
                at, EXIM, 81, "SMTP connection from [" + client.ip() + "] (TCP/IP connection count = " + open + ")");
        if (!client.hasName()) {
            station.write(at + 1, EXIM, pid, "no host name found for IP address " + client.ip());
        }
        return pid;
    }

    private static String peer(Client client) {
        return client.hasName() ? client.name() + " [" + client.ip() + "]" : "(h.example) [" + client.ip() + "]";
    }

    private static String duration(long micros) {
        long seconds = micros / Agenda.SECOND;
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }

    /** The time to base 62 in six digits, a number, and two digits. */
    private String id(long at) {
        messages++;
        return base62(at / Agenda.SECOND, 6) + "-" + base62(messages / 62, 6) + "-" + base62(messages % 62 + 62, 2);
    }

    private static String base62(long number, int length) {
        char[] digits = new char[length];
        long rest = number;
        for (int at = length - 1; at >= 0; at--) {
            digits[at] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }
}
