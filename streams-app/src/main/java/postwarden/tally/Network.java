package postwarden.tally;

import java.util.Optional;

/**
 * An address or a range of addresses, as in 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32. Read by hand: nothing is ever looked up.
 *
 * @param ipv4 whether it is IPv4
 * @param high the upper 64 bits of an IPv6 address; 0 for IPv4
 * @param low the lower 64 bits, or the 32 of an IPv4 address
 * @param prefix leading bits that count, 0 to 32 or 128
 */
public record Network(boolean ipv4, long high, long low, int prefix) {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int BYTES = 4;
    private static final int GROUPS = 8;
    private static final int GROUP_BITS = 16;

    /** The network that a text means; empty for any other text. */
    public static Optional<Network> of(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean ipv4 = address.indexOf(':') < 0;
        int bits = ipv4 ? IPV4_BITS : IPV6_BITS;
        int prefix = slash < 0 ? bits : decimal(text, slash + 1, text.length(), bits);
        if (prefix < 0) {
            return Optional.empty();
        }
        return ipv4 ? ipv4(address, prefix) : ipv6(address, prefix);
    }

    /** Whether all addresses of the other are in this one. */
    public boolean contains(Network other) {
        if (ipv4 != other.ipv4 || other.prefix < prefix) {
            return false;
        }
        if (ipv4) {
            return same(low, other.low, prefix + Long.SIZE - IPV4_BITS);
        }
        return same(high, other.high, Math.min(prefix, Long.SIZE)) && same(low, other.low, prefix - Long.SIZE);
    }

    private static boolean same(long one, long other, int bits) {
        return bits <= 0 || (one ^ other) >>> (Long.SIZE - bits) == 0;
    }

    private static Optional<Network> ipv4(String text, int prefix) {
        long address = 0;
        int at = 0;
        for (int i = 0; i < BYTES; i++) {
            int end = i == BYTES - 1 ? text.length() : text.indexOf('.', at);
            int value = end < 0 ? -1 : decimal(text, at, end, 255);
            if (value < 0) {
                return Optional.empty();
            }
            address = address << 8 | value;
            at = end + 1;
        }
        return Optional.of(new Network(true, 0, address, prefix));
    }

    /** Two halves around the gap, or one of eight groups (RFC 4291, 2.2); without an IPv4 address at its end. */
    private static Optional<Network> ipv6(String text, int prefix) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        String[] front = parts(gap < 0 ? text : text.substring(0, gap));
        String[] back = parts(gap < 0 ? "" : text.substring(gap + 2));
        int given = front.length + back.length;
        if (gap < 0 ? given != GROUPS : given >= GROUPS) {
            return Optional.empty();
        }
        long[] halves = new long[2];
        for (int group = 0; group < GROUPS; group++) {
            int behind = group - (GROUPS - back.length);
            String part = group < front.length ? front[group] : behind >= 0 ? back[behind] : "0";
            int value = hexadecimal(part);
            if (value < 0) {
                return Optional.empty();
            }
            halves[group / BYTES] = halves[group / BYTES] << GROUP_BITS | value;
        }
        return Optional.of(new Network(false, halves[0], halves[1], prefix));
    }

    private static String[] parts(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static int decimal(String text, int from, int to, int most) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i - from >= 3) {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return to > from && value <= most ? value : -1;
    }

    private static int hexadecimal(String part) {
        if (part.isEmpty() || part.length() > BYTES) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < part.length(); i++) {
            int digit = part.charAt(i) < 128 ? Character.digit(part.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
