package postwarden.simulate;

import java.util.List;
import java.util.Locale;

/** What Postfix writes; the words are those of Postfix 3.8. */
final class PostfixLog implements MailLog {
    private static final String TLS =
            ": TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature RSA-PSS"
                    + " (2048 bits) server-digest SHA256";
    private static final String SMTPD = "postfix/smtpd";
    private static final String SUBMISSION = "postfix/submission/smtpd";
    private static final int QMGR = 230;
    private static final int CLEANUP = 241;
    private static final int PICKUP = 229;
    /** Odd, so that the queue ids made with it do not repeat before 2^32 messages. */
    private static final int SCATTER = 0x9E3779B1;
    /** Between two lines of a session. */
    private static final long STEP = 40_000;

    private final Station station;
    private final Chance chance;
    private int messages;

    PostfixLog(Station station, Chance chance) {
        this.station = station;
        this.chance = chance;
    }

    @Override
    public void leaves(long at, Client client, Left after) {
        int pid = connect(at, SMTPD, client);
        long then = at + STEP + chance.part(STEP);
        String did = after == Left.CONNECT ? "commands=0/0" : "ehlo=1 commands=1";
        if (after == Left.STARTTLS) {
            station.write(then, SMTPD, pid, "SSL_accept error from " + client + ": lost connection");
            did = "ehlo=1 starttls=0/1 commands=1/2";
        }
        String word = after == Left.HELO ? "EHLO" : after.name();
        station.write(then + 1, SMTPD, pid, "lost connection after " + word + " from " + client);
        station.write(then + 2, SMTPD, pid, "disconnect from " + client + " " + did);
    }

    @Override
    public void visits(long at, Client client) {
        int pid = connect(at, SMTPD, client);
        station.write(at + STEP, SMTPD, pid, "disconnect from " + client + " ehlo=1 quit=1 commands=2");
    }

    @Override
    public void holds(long at, Client client, long micros) {
        int pid = connect(at, SMTPD, client);
        station.write(at + micros, SMTPD, pid, "timeout after EHLO from " + client);
        station.write(at + micros + 1, SMTPD, pid, "disconnect from " + client + " ehlo=1 commands=1");
    }

    @Override
    public void receives(long at, Client client, String from, List<String> to, int bytes, String subject) {
        int pid = connect(at, SMTPD, client);
        boolean tls = chance.once(.8);
        if (tls) {
            station.write(at + STEP, SMTPD, pid, "Anonymous TLS connection established from " + client + TLS);
        }
        String id = queueId();
        long then = at + 2 * STEP;
        station.write(then, SMTPD, pid, id + ": client=" + client);
        accepted(then + STEP, id, from, to.size(), bytes);
        station.write(
                then + 2 * STEP,
                SMTPD,
                pid,
                "disconnect from " + client + (tls ? " ehlo=2 starttls=1" : " ehlo=1") + " mail=1 rcpt=" + to.size()
                        + " data=1 quit=1 commands=" + (to.size() + (tls ? 6 : 4)));
        for (String one : to) {
            station.dovecot.delivered(then + 3 * STEP, pid, one, id, domain(from));
            station.write(
                    then + 3 * STEP + 1,
                    "postfix/lmtp",
                    pid,
                    id + ": to=<" + one + ">, relay=" + station.name
                            + ".example.com[private/dovecot-lmtp], delay=0.14, delays=0.12/0/0/0.02, dsn=2.0.0,"
                            + " status=sent (250 2.0.0 <" + one + "> " + chance.word(16) + " Saved)");
        }
        done(then + 4 * STEP, id);
    }

    @Override
    public void forwards(long at, Client client, String to, String on, Site site, String messageId, Answer answer) {
        int pid = connect(at, SMTPD, client);
        String id = queueId();
        station.write(at + STEP, SMTPD, pid, id + ": client=" + client);
        station.write(at + 2 * STEP, "postfix/cleanup", CLEANUP, id + ": message-id=<" + messageId + ">");
        again(at + 2 * STEP + 1, id, "info@" + site.domain, 1);
        station.write(
                at + 3 * STEP,
                SMTPD,
                pid,
                "disconnect from " + client + " ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5");
        tried(at + 8 * STEP, id, on + ">, orig_to=<" + to, site, answer, .1);
        done(at + 8 * STEP + 1, id);
    }

    @Override
    public void knowsNot(long at, Client client, String from, String to) {
        refuses(
                at,
                client,
                from,
                to,
                "550 5.1.1 <" + to + ">: Recipient address rejected: User unknown in virtual mailbox table");
    }

    @Override
    public void relays(long at, Client client, String from, String to) {
        refuses(at, client, from, to, "554 5.7.1 <" + to + ">: Relay access denied");
    }

    @Override
    public void guessed(long at, Client client, String user) {
        int pid = connect(at, SUBMISSION, client);
        long then = at + STEP + chance.part(2 * Agenda.SECOND);
        station.write(
                then,
                SUBMISSION,
                pid,
                "warning: " + client + ": SASL LOGIN authentication failed: (reason unavailable), sasl_username="
                        + user);
        station.write(then + STEP, SUBMISSION, pid, "lost connection after AUTH from " + client);
        station.write(then + STEP + 1, SUBMISSION, pid, "disconnect from " + client + " ehlo=1 auth=0/1 commands=1/2");
    }

    @Override
    public String submitted(
            long at, Client client, String account, String from, List<String> to, int bytes, String subject) {
        int pid = connect(at, SUBMISSION, client);
        station.write(at + STEP, SUBMISSION, pid, "Anonymous TLS connection established from " + client + TLS);
        String id = queueId();
        station.write(
                at + 2 * STEP,
                SUBMISSION,
                pid,
                id + ": client=" + client + ", sasl_method=PLAIN, sasl_username=" + account);
        accepted(at + 3 * STEP, id, from, to.size(), bytes);
        station.write(
                at + 4 * STEP,
                SUBMISSION,
                pid,
                "disconnect from " + client + " ehlo=2 starttls=1 auth=1 mail=1 rcpt=" + to.size()
                        + " data=1 quit=1 commands=" + (to.size() + 7));
        return id;
    }

    @Override
    public String scripted(
            long at, String user, String directory, String from, List<String> to, int bytes, String subject) {
        String id = queueId();
        int uid = 1000 + Math.floorMod(user.hashCode(), 500);
        station.write(at, "postfix/pickup", PICKUP, id + ": uid=" + uid + " from=<" + from + ">");
        accepted(at + STEP, id, from, to.size(), bytes);
        return id;
    }

    @Override
    public String relayed(long at, Client client, String from, List<String> to, int bytes, String subject) {
        int pid = connect(at, SMTPD, client);
        String id = queueId();
        station.write(at + STEP, SMTPD, pid, id + ": client=" + client);
        accepted(at + 2 * STEP, id, from, to.size(), bytes);
        station.write(
                at + 3 * STEP,
                SMTPD,
                pid,
                "disconnect from " + client + " ehlo=1 mail=1 rcpt=" + to.size() + " data=1 quit=1 commands="
                        + (to.size() + 4));
        return id;
    }

    @Override
    public void tried(long at, String id, String to, Site site, Answer answer, double ageSeconds) {
        boolean tried = answer.stage() != Answer.Stage.NOT_TRIED;
        boolean spoke = answer.stage().compareTo(Answer.Stage.CONNECT) >= 0 && tried;
        double took = answer.setup() + answer.transmission();
        String line = id + ": to=<" + to + ">, relay=" + (spoke ? site + ":25" : "none") + ", delay="
                + seconds(ageSeconds + took) + ", delays=" + seconds(Math.max(.01, ageSeconds)) + "/0.01/"
                + seconds(answer.setup()) + "/" + seconds(answer.transmission()) + ", dsn=" + answer.dsn();
        int pid = 1200 + chance.below(40);
        station.write(at, tried ? "postfix/smtp" : "postfix/error", pid, line + status(site, answer));
    }

    @Override
    public void again(long at, String id, String from, int recipients) {
        station.write(
                at,
                "postfix/qmgr",
                QMGR,
                id + ": from=<" + from + ">, size=4711, nrcpt=" + recipients + " (queue active)");
    }

    @Override
    public void done(long at, String id) {
        station.write(at, "postfix/qmgr", QMGR, id + ": removed");
    }

    @Override
    public void limited(long at, Client client, int observed) {
        int pid = connect(at, SMTPD, client);
        station.write(
                at + 1,
                SMTPD,
                pid,
                "warning: Connection concurrency limit exceeded: " + observed + " from " + client
                        + " for service smtp");
        station.write(at + 2, SMTPD, pid, "disconnect from " + client + " commands=0/0");
    }

    @Override
    public void full(long at, Client client, int places) {
        station.write(
                at,
                "postfix/master",
                228,
                "warning: service \"smtp\" (25) has reached its process limit \"" + places
                        + "\": new clients may experience noticeable delays");
    }

    private void refuses(long at, Client client, String from, String to, String reply) {
        int pid = connect(at, SMTPD, client);
        String helo = client.hasName() ? client.name() : "[" + client.ip() + "]";
        station.write(
                at + STEP,
                SMTPD,
                pid,
                "NOQUEUE: reject: RCPT from " + client + ": " + reply + "; from=<" + from + "> to=<" + to
                        + "> proto=ESMTP helo=<" + helo + ">");
        station.write(
                at + 2 * STEP, SMTPD, pid, "disconnect from " + client + " ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4");
    }

    private int connect(long at, String program, Client client) {
        int pid = station.pid();
        station.write(at, program, pid, "connect from " + client);
        return pid;
    }

    private void accepted(long at, String id, String from, int recipients, int bytes) {
        station.write(at, "postfix/cleanup", CLEANUP, id + ": message-id=<" + id + "@" + domain(from) + ">");
        station.write(
                at + 1,
                "postfix/qmgr",
                QMGR,
                id + ": from=<" + from + ">, size=" + bytes + ", nrcpt=" + recipients + " (queue active)");
    }

    private String status(Site site, Answer answer) {
        if (answer.fate() == Answer.Fate.SENT) {
            return ", status=sent (250 2.0.0 Ok: queued as " + chance.hex(10) + ")";
        }
        String status = answer.fate() == Answer.Fate.DEFERRED ? "deferred" : "bounced";
        String why = switch (answer.stage()) {
            case NO_CONNECTION, NO_NAME -> answer.text();
            case CONNECT -> "host " + site + " refused to talk to me: " + answer.text();
            case RECIPIENT -> "host " + site + " said: " + answer.text() + " (in reply to RCPT TO command)";
            case DATA -> "host " + site + " said: " + answer.text() + " (in reply to end of DATA command)";
            case NOT_TRIED -> "delivery temporarily suspended: " + answer.text();
        };
        return ", status=" + status + " (" + why + ")";
    }

    private static String domain(String address) {
        return address.isEmpty() ? "bounce.example" : address.substring(address.indexOf('@') + 1);
    }

    /** Two significant digits, as Postfix writes them. */
    private static String seconds(double value) {
        if (value >= 10) {
            return Long.toString(Math.round(value));
        }
        double rounded = value >= 1 ? Math.round(value * 10) / 10.0 : Math.round(value * 100) / 100.0;
        return rounded == Math.rint(rounded) ? Integer.toString((int) rounded) : Double.toString(rounded);
    }

    /** Ten hexadecimal digits, as of Postfix without long queue ids. */
    private String queueId() {
        messages++;
        return Long.toHexString(0x10_0000_0000L + Integer.toUnsignedLong(messages * SCATTER))
                .toUpperCase(Locale.ROOT);
    }
}
