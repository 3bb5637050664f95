package postwarden.tally;

import java.util.Arrays;

/** The networks that addresses belong to, as text; addresses come in canonical spelling and nothing is looked up. */
public final class Networks {
    private static final int GROUPS = 8;
    /** An IPv6 host chooses its own addresses within a /64 (RFC 4291, 2.5.1): that is one client. */
    private static final int CLIENT_GROUPS = 4;
    /** A site is usually assigned a /48 (RFC 6177). */
    private static final int SITE_GROUPS = 3;

    private static final int PROVIDER_GROUPS = 2;

    private Networks() {}

    /** The client that an address is: an IPv4 address itself, the /64 of an IPv6 address; empty for anything else. */
    public static String client(String ip) {
        if (ip.indexOf(':') < 0) {
            return ip.indexOf('.') < 0 ? "" : ip;
        }
        return prefix(ip, CLIENT_GROUPS, "::/64");
    }

    /** The site that an address belongs to: the /24 of an IPv4 address, the /48 of an IPv6 address; empty for anything else. */
    static String site(String ip) {
        if (ip.indexOf(':') >= 0) {
            return prefix(ip, SITE_GROUPS, "::/48");
        }
        int last = ip.lastIndexOf('.');
        return last < 0 ? "" : ip.substring(0, last);
    }

    /**
     * Whom an address may belong to, as far as its digits tell: the /16 of an IPv4 address, the /32 of an IPv6 address, which
     * is the least that a provider is given (RIPE-738, 5.1); empty for anything else.
     */
    static String provider(String ip) {
        if (ip.indexOf(':') >= 0) {
            return prefix(ip, PROVIDER_GROUPS, "::/32");
        }
        int first = ip.indexOf('.');
        int second = first < 0 ? -1 : ip.indexOf('.', first + 1);
        return second < 0 ? "" : ip.substring(0, second);
    }

    /** The first groups, written out in full so that every address of a network gives the same text. */
    private static String prefix(String ip, int wanted, String end) {
        int[] groups = groups(ip);
        if (groups.length < wanted) {
            return "";
        }
        StringBuilder text = new StringBuilder(24);
        for (int i = 0; i < wanted; i++) {
            if (i > 0) {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.append(end).toString();
    }

    private static int[] groups(String ip) {
        int[] before = new int[GROUPS];
        int read = 0;
        int at = 0;
        while (at < ip.length() && read < GROUPS) {
            int end = ip.indexOf(':', at);
            int stop = end < 0 ? ip.length() : end;
            if (stop == at) {
                // The gap: what it leaves out is zero, and what stands behind it no prefix reaches unless the gap is
                // short.
                return behindGap(ip, before, read, at);
            }
            before[read++] = hex(ip, at, stop);
            at = stop + 1;
        }
        return before;
    }

    private static int[] behindGap(String ip, int[] groups, int read, int gap) {
        int from = Math.min(ip.length(), gap + (gap == 0 ? 2 : 1));
        String rest = ip.substring(from);
        String[] behind = rest.isEmpty() ? new String[0] : rest.split(":", -1);
        if (read + behind.length > GROUPS) {
            return new int[0];
        }
        Arrays.fill(groups, read, GROUPS, 0);
        for (int i = 0; i < behind.length; i++) {
            groups[GROUPS - behind.length + i] = hex(behind[i], 0, behind[i].length());
        }
        return groups;
    }

    private static int hex(String text, int from, int to) {
        int value = 0;
        for (int at = from; at < to && at < from + 4; at++) {
            value = value * 16 + Math.max(0, Character.digit(text.charAt(at), 16));
        }
        return value;
    }
}
