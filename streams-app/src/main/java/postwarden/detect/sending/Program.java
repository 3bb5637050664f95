package postwarden.detect.sending;

import postwarden.detect.reading.Say;
import postwarden.event.LocalAddress;

/**
 * Who sends without a login, as a person would call it: scripts of a local user, programs of the host that speak SMTP to it, or
 * another machine that it trusts.
 *
 * @param name of the user, or the client's address
 * @param host whose log tells it
 */
record Program(Kind kind, String name, String host) {
    enum Kind {
        USER,
        HOST,
        MACHINE
    }

    /** Of an account that nobody logs in to. */
    static Program of(String account) {
        int at = Math.max(0, account.lastIndexOf('@'));
        String host = account.substring(Math.min(account.length(), at + 1));
        if (!LocalAddress.isAccount(account)) {
            return new Program(Kind.USER, account.substring(0, at), host);
        }
        String client = LocalAddress.client(account);
        return new Program(LocalAddress.isLoopback(client) ? Kind.HOST : Kind.MACHINE, client, host);
    }

    /** Whether it has directories that it runs in, and a first time that means something: any machine may begin to send. */
    boolean hasPlaces() {
        return kind == Kind.USER;
    }

    /** For a title, with what it does. */
    String sendsInBulk() {
        return switch (kind) {
            case USER -> "Scripts of " + Say.printable(name + '@' + host) + " send in bulk";
            case HOST ->
                "Programs of " + Say.printable(host) + " send in bulk through " + Say.printable(name)
                        + ", which asks for no login";
            case MACHINE ->
                Say.printable(name) + " sends in bulk through " + Say.printable(host) + ", which asks it for no login";
        };
    }

    /** What it is when it sends for somebody else. */
    String cause() {
        return kind == Kind.MACHINE ? "INFECTED_COMPUTER" : "HACKED_SCRIPT";
    }

    /** MITRE ATT&CK: a web shell; of a machine in the network it is not known what runs there. */
    String technique() {
        return kind == Kind.MACHINE ? "" : "T1505.003";
    }
}
