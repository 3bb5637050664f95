package postwarden.event;

/** Addresses that are no stranger's: the host's own and those of private networks. All come in canonical spelling. */
public final class LocalAddress {
    /** Before the address of a client that sends without a login, where an account is asked for. */
    private static final String CLIENT = "ip:";

    private LocalAddress() {}

    /** Whether the address is the very host's that speaks of it (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
    public static boolean isLoopback(String ip) {
        return ip.startsWith("127.") || ip.equals("::1");
    }

    /** Whether the address is private (RFC 1918, RFC 4193), link-local or loopback. */
    public static boolean isPrivate(String ip) {
        if (ip.indexOf(':') >= 0) {
            return ip.startsWith("fc") || ip.startsWith("fd") || ip.startsWith("fe80:") || ip.equals("::1");
        }
        return ip.startsWith("10.")
                || ip.startsWith("192.168.")
                || ip.startsWith("127.")
                || ip.startsWith("169.254.")
                || (ip.startsWith("172.") && isSecondByteOf172Private(ip));
    }

    /** The name that stands for such a client among accounts; as {@code uid:33} does for a user without one. */
    public static String account(String ip) {
        return CLIENT + ip;
    }

    /** Whether an account's name, with its host or without, stands for a client that sends without a login. */
    public static boolean isAccount(String account) {
        return account.startsWith(CLIENT);
    }

    /** The address of such a client, from its name with or without the host. */
    public static String client(String account) {
        int at = account.lastIndexOf('@');
        return account.substring(CLIENT.length(), at < 0 ? account.length() : at);
    }

    private static boolean isSecondByteOf172Private(String ip) {
        if (ip.length() < 7 || ip.charAt(6) != '.') {
            return false;
        }
        int second = (ip.charAt(4) - '0') * 10 + ip.charAt(5) - '0';
        return second >= 16 && second <= 31;
    }
}
