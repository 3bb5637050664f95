package postwarden.simulate;

/** What Dovecot writes, with {@code auth_verbose} and keyed hashes in the place of passwords; the words are those of 2.3. */
final class DovecotLog {
    private static final String DOVECOT = "dovecot";

    private final Station station;
    private final Chance chance;

    DovecotLog(Station station, Chance chance) {
        this.station = station;
        this.chance = chance;
    }

    /** Somebody reads mail. */
    void read(long at, Client client, String account, long micros) {
        String session = session();
        station.write(
                at,
                DOVECOT,
                -1,
                "imap-login: Login: user=<" + account + ">, method=PLAIN, rip=" + client.ip() + ", lip=" + station.ip
                        + ", mpid=" + station.pid() + ", TLS, session=<" + session + ">");
        station.write(
                at + micros,
                DOVECOT,
                -1,
                "imap(" + account + ")<" + station.pid() + "><" + session + ">: Disconnected: Logged out in="
                        + chance.between(80, 900) + " out=" + chance.between(500, 90_000)
                        + " deleted=0 expunged=0 trashed=0 hdr_count=1 hdr_bytes=417 body_count=1 body_bytes=2411");
    }

    /** A refused password; {@code secret} stands for what was tried. */
    void guessed(long at, Client client, String user, boolean exists, String secret) {
        String session = session();
        station.write(
                at,
                DOVECOT,
                -1,
                "auth: passwd-file(" + user + "," + client.ip() + ",<" + session + ">): "
                        + (exists ? "Password mismatch" : "unknown user") + " (keyed hash of given password: "
                        + keyed(secret) + ")");
        station.write(
                at + 2 * Agenda.SECOND,
                DOVECOT,
                -1,
                "imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<" + user
                        + ">, method=PLAIN, rip=" + client.ip() + ", lip=" + station.ip + ", TLS, session=<" + session
                        + ">");
    }

    /** Somebody connects and never says who he is. */
    void leaves(long at, Client client) {
        station.write(
                at,
                DOVECOT,
                -1,
                "imap-login: Disconnected: Connection closed (no auth attempts in 0 secs): user=<>, rip=" + client.ip()
                        + ", lip=" + station.ip + ", session=<" + session() + ">");
    }

    /** An account has too many sessions from one address. */
    void limited(long at, Client client, String account) {
        station.write(
                at,
                DOVECOT,
                -1,
                "imap-login: Disconnected: Maximum number of connections from user+IP exceeded"
                        + " (mail_max_userip_connections=10): user=<" + account + ">, method=PLAIN, rip=" + client.ip()
                        + ", lip=" + station.ip + ", TLS, session=<" + session() + ">");
    }

    /** All processes are busy. */
    void full(long at, int processes) {
        station.write(
                at,
                DOVECOT,
                -1,
                "master: Warning: service(imap-login): process_limit (" + processes
                        + ") reached, client connections are being dropped");
    }

    /** A message is in the mailbox. */
    void delivered(long at, int pid, String account, String id, String domain) {
        station.write(
                at,
                DOVECOT,
                -1,
                "lmtp(" + account + ")<" + pid + "><" + session() + ">: msgid=<" + id + "@" + domain
                        + ">: saved mail to INBOX");
    }

    private String session() {
        return chance.word(14) + "A";
    }

    /** Twelve hexadecimal digits, the same for the same secret. */
    private static String keyed(String secret) {
        long mixed = (secret.hashCode() * 0x9E3779B97F4A7C15L) ^ (secret.length() * 0xC2B2AE3D27D4EB4FL);
        return Long.toHexString(mixed | Long.MIN_VALUE).substring(0, 12);
    }
}
