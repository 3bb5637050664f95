package postwarden.benchmarks;

import java.util.Locale;
import java.util.SplittableRandom;
import postwarden.benchmarks.Cast.Client;

/** What Postfix and Dovecot write about one session; the words are those of Postfix 3.8 and Dovecot 2.3. */
final class PostfixTalk {
    private static final String TLS =
            ": TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature RSA-PSS"
                    + " (2048 bits) server-digest SHA256";
    /** Odd, so that the queue ids made with it do not repeat before 2^32 messages. */
    private static final int SCATTER = 0x9E3779B1;

    private static final int QMGR = 230;
    private static final int CLEANUP = 241;

    private final Cast cast;
    private final SplittableRandom random;
    private final String host;
    private int messages;

    PostfixTalk(Cast cast, SplittableRandom random, String host) {
        this.cast = cast;
        this.random = random;
        this.host = host;
    }

    /** The next session of an ordinary day, of the process with this id, >= 1000. */
    Conversation ordinary(int pid) {
        int kind = random.nextInt(100);
        if (kind < 35) {
            return inbound(pid);
        }
        if (kind < 60) {
            return submission(pid);
        }
        if (kind < 75) {
            return bulk(pid);
        }
        return kind < 95 ? imap(pid) : refused(pid);
    }

    /** Somebody guesses a password and leaves. */
    Conversation guess(int pid) {
        Client client = cast.stranger();
        String smtpd = "postfix/submission/smtpd";
        return new Conversation()
                .say(smtpd, pid, "connect from " + client)
                .say(
                        smtpd,
                        pid,
                        "warning: " + client
                                + ": SASL LOGIN authentication failed: (reason unavailable), sasl_username="
                                + Cast.address(cast.account()))
                .say(smtpd, pid, "lost connection after AUTH from " + client)
                .say(smtpd, pid, "disconnect from " + client + " ehlo=1 auth=0/1 commands=1/2");
    }

    private Conversation inbound(int pid) {
        Client client = cast.server();
        String id = queueId();
        String account = Cast.address(cast.account());
        String domain = client.name().substring(client.name().indexOf('.') + 1);
        Conversation talk = new Conversation()
                .say("postfix/smtpd", pid, "connect from " + client)
                .say("postfix/smtpd", pid, "Anonymous TLS connection established from " + client + TLS)
                .say("postfix/smtpd", pid, id + ": client=" + client);
        accepted(talk, id, "alex@" + domain, domain);
        talk.say(
                "postfix/smtpd",
                pid,
                "disconnect from " + client + " ehlo=2 starttls=1 mail=1 rcpt=1 data=1 quit=1 commands=7");
        talk.say(
                "dovecot",
                -1,
                "lmtp(" + account + ")<" + pid + "><" + session() + ">: msgid=<" + id + "@" + domain
                        + ">: saved mail to INBOX");
        return talk.say(
                        "postfix/lmtp",
                        pid,
                        id + ": to=<" + account + ">, relay=" + host
                                + ".example.com[private/dovecot-lmtp], delay=0.02, delays=0.01/0/0/0.01, dsn=2.0.0,"
                                + " status=sent (250 2.0.0 <" + account + "> " + session() + " Saved)")
                .say("postfix/qmgr", QMGR, id + ": removed");
    }

    private Conversation submission(int pid) {
        int account = cast.account();
        Client client = cast.device(account);
        String address = Cast.address(account);
        String id = queueId();
        String smtpd = "postfix/submission/smtpd";
        Conversation talk = new Conversation()
                .say(smtpd, pid, "connect from " + client)
                .say(smtpd, pid, "Anonymous TLS connection established from " + client + TLS)
                .say(smtpd, pid, id + ": client=" + client + ", sasl_method=PLAIN, sasl_username=" + address);
        accepted(talk, id, address, "example.com");
        talk.say(
                smtpd,
                pid,
                "disconnect from " + client + " ehlo=2 starttls=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=8");
        return delivered(talk, pid, id);
    }

    private Conversation bulk(int pid) {
        Client client = cast.machine();
        String id = queueId();
        Conversation talk = new Conversation()
                .say("postfix/smtpd", pid, "connect from " + client)
                .say("postfix/smtpd", pid, id + ": client=" + client);
        accepted(talk, id, cast.sender(), "news.example.com");
        talk.say("postfix/smtpd", pid, "disconnect from " + client + " ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5");
        return delivered(talk, pid, id);
    }

    private Conversation imap(int pid) {
        int account = cast.account();
        String address = Cast.address(account);
        String session = session();
        return new Conversation()
                .say(
                        "dovecot",
                        -1,
                        "imap-login: Login: user=<" + address + ">, method=PLAIN, rip="
                                + cast.device(account).ip() + ", lip=203.0.113.30, mpid=" + pid + ", TLS, session=<"
                                + session + ">")
                .say(
                        "dovecot",
                        -1,
                        "imap(" + address + ")<" + pid + "><" + session + ">: Disconnected: Logged out in=56 out=899"
                                + " deleted=0 expunged=0 trashed=0 hdr_count=0 hdr_bytes=0 body_count=0 body_bytes=0");
    }

    private Conversation refused(int pid) {
        Client client = cast.server();
        String to = "old" + Cast.address(cast.account());
        return new Conversation()
                .say("postfix/smtpd", pid, "connect from " + client)
                .say(
                        "postfix/smtpd",
                        pid,
                        "NOQUEUE: reject: RCPT from " + client + ": 550 5.1.1 <" + to
                                + ">: Recipient address rejected: User unknown in virtual mailbox table; from=<alex@"
                                + client.name() + "> to=<" + to + "> proto=ESMTP helo=<" + client.name() + ">")
                .say("postfix/smtpd", pid, "disconnect from " + client + " ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4");
    }

    private void accepted(Conversation talk, String id, String from, String domain) {
        talk.say("postfix/cleanup", CLEANUP, id + ": message-id=<" + id + "@" + domain + ">")
                .say(
                        "postfix/qmgr",
                        QMGR,
                        id + ": from=<" + from + ">, size=" + (1000 + random.nextInt(30_000))
                                + ", nrcpt=1 (queue active)");
    }

    /** One delivery in a hundred is put off once, and one in two hundred bounces. */
    private Conversation delivered(Conversation talk, int pid, String id) {
        String domain = cast.destination();
        String relay = "mx." + domain + "[192.0.2." + (1 + random.nextInt(250)) + "]";
        String to = id + ": to=<kim" + random.nextInt(100) + "@" + domain + ">, relay=" + relay + ":25, ";
        int luck = random.nextInt(200);
        talk.say("postfix/smtp", pid, "Untrusted TLS connection established to " + relay + ":25" + TLS);
        if (luck < 2) {
            talk.say(
                    "postfix/smtp",
                    pid,
                    to + "delay=0.9, delays=0.01/0/0.6/0.29, dsn=4.2.0, status=deferred (host " + relay
                            + " said: 450 4.2.0 Greylisted, please try again later (in reply to RCPT TO command))");
        }
        if (luck == 2) {
            talk.say(
                    "postfix/smtp",
                    pid,
                    to + "delay=0.2, delays=0.01/0/0.13/0.06, dsn=5.1.1, status=bounced (host " + relay
                            + " said: 550 5.1.1 Recipient address rejected: User unknown (in reply to RCPT TO command))");
        } else {
            talk.say(
                    "postfix/smtp",
                    pid,
                    to + "delay=0.2, delays=0.01/0/0.13/0.06, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as "
                            + queueId() + ")");
        }
        return talk.say("postfix/qmgr", QMGR, id + ": removed");
    }

    /** Ten hexadecimal digits, as of Postfix without long queue ids. */
    private String queueId() {
        messages++;
        return Long.toHexString(0x10_0000_0000L + Integer.toUnsignedLong(messages * SCATTER))
                .toUpperCase(Locale.ROOT);
    }

    private String session() {
        return Long.toString(random.nextLong(Long.MAX_VALUE), Character.MAX_RADIX) + "MzN6MA";
    }
}
