package postwarden.benchmarks;

import java.util.SplittableRandom;
import postwarden.benchmarks.Cast.Client;

/** What Exim writes about one session through syslog; the words are those of Exim 4.96. */
final class EximTalk {
    private static final String EXIM = "exim";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String TLS = " X=TLS1.3:ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM:256 CV=no";

    private final Cast cast;
    private final SplittableRandom random;
    private long messages;

    EximTalk(Cast cast, SplittableRandom random) {
        this.cast = cast;
        this.random = random;
    }

    /** The next session of an ordinary day, of the process with this id, >= 1000. */
    Conversation ordinary(int pid) {
        int kind = random.nextInt(100);
        if (kind < 45) {
            return inbound(pid);
        }
        return kind < 80 ? submission(pid) : refused(pid);
    }

    /** Somebody guesses a password and leaves. */
    Conversation guess(int pid) {
        Client client = cast.stranger();
        return new Conversation()
                .say(EXIM, pid, "no host name found for IP address " + client.ip())
                .say(
                        EXIM,
                        pid,
                        "dovecot_login authenticator failed for (h.example) [" + client.ip()
                                + "]: 535 Incorrect authentication data (set_id="
                                + Cast.address(cast.account()) + ")");
    }

    private Conversation inbound(int pid) {
        Client client = cast.server();
        String id = id();
        int account = cast.account();
        String address = Cast.address(account);
        String local = address.substring(0, address.indexOf('@'));
        return new Conversation()
                .say(
                        EXIM,
                        pid,
                        id + " <= alex@" + client.name() + " H=" + client.name() + " [" + client.ip() + "] P=esmtps"
                                + TLS + " S=" + size() + " id=" + id + "@" + client.name() + " T=\"Minutes\" for "
                                + address)
                .say(
                        EXIM,
                        pid + 1,
                        id + " => " + local + " <" + address + "> R=virtual_user T=dovecot_virtual_delivery"
                                + " C=\"250 2.0.0 <" + address + "> GP+cBWxVAWv0AAAADzu1gw Saved\"")
                .say(EXIM, pid + 1, id + " Completed");
    }

    private Conversation submission(int pid) {
        int account = cast.account();
        Client client = cast.device(account);
        String address = Cast.address(account);
        String id = id();
        String domain = cast.destination();
        String to = "kim" + random.nextInt(100) + "@" + domain;
        return new Conversation()
                .say(
                        EXIM,
                        pid,
                        id + " <= " + address + " H=" + client.name() + " ([192.168.1.33]) [" + client.ip()
                                + "] P=esmtpsa" + TLS + " A=dovecot_login:" + address + " S=" + size() + " id=" + id
                                + "@example.com T=\"Offer\" for " + to)
                .say(
                        EXIM,
                        pid + 1,
                        id + " => " + to + " R=lookuphost T=remote_smtp H=mx." + domain + " [192.0.2."
                                + (1 + random.nextInt(250)) + "]" + TLS + " C=\"250 2.0.0 Ok: queued as " + id + "\"")
                .say(EXIM, pid + 1, id + " Completed");
    }

    private Conversation refused(int pid) {
        Client client = cast.server();
        String to = "old" + Cast.address(cast.account());
        return new Conversation()
                .say(
                        EXIM,
                        pid,
                        "H=" + client.name() + " [" + client.ip() + "] F=<alex@" + client.name() + "> rejected RCPT <"
                                + to + ">: Unknown user");
    }

    private int size() {
        return 1000 + random.nextInt(30_000);
    }

    /** Six digits to base 62, six more, and two. */
    private String id() {
        messages++;
        return "1xUgPM-" + base62(messages / 62, 6) + "-" + base62(messages % 62 + 62, 2);
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
