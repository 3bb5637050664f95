package postwarden.event;

/** Addresses that are the very host's that speaks of them (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3), in canonical spelling. */
public final class Loopback {
    private Loopback() {}

    public static boolean isIn(String ip) {
        return ip.startsWith("127.") || ip.equals("::1");
    }
}
