package postwarden.parse.rule;

import java.util.Arrays;

/** IP addresses as daemons log them, brought to one spelling; nothing is ever looked up. */
public final class Addresses {
    private static final int GROUPS = 8;
    private static final String TAG = "ipv6:";

    private Addresses() {}

    /**
     * The address in its canonical spelling (RFC 5952), {@code ::ffff:a.b.c.d} as {@code a.b.c.d}, without an
     * {@code IPv6:} tag or a zone; empty when the text is no address.
     */
    public static String canonical(String text) {
        if (isV4(text, 0, text.length())) {
            return text;
        }
        int from = text.regionMatches(true, 0, TAG, 0, TAG.length()) ? TAG.length() : 0;
        int zone = text.indexOf('%', from);
        int[] groups = new int[GROUPS];
        return readV6(text, from, zone < 0 ? text.length() : zone, groups) ? spell(groups) : "";
    }

    private static boolean isV4(String text, int from, int to) {
        if (to - from < 7 || to - from > 15) {
            return false;
        }
        int dots = 0;
        int value = -1;
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            if (c == '.') {
                if (value < 0) {
                    return false;
                }
                dots++;
                value = -1;
            } else if (c >= '0' && c <= '9' && value != 0) {
                value = Math.max(value, 0) * 10 + c - '0';
                if (value > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return dots == 3 && value >= 0;
    }

    private static boolean readV6(String text, int from, int to, int[] groups) {
        int count = 0;
        int gap = text.startsWith("::", from) ? 0 : -1;
        int at = gap == 0 ? from + 2 : from;
        while (at < to && count < GROUPS) {
            int end = groupEnd(text, at, to);
            if (end < to && text.charAt(end) == '.') {
                return count <= GROUPS - 2 && isV4(text, at, to) && putV4(text, at, to, groups, count, gap);
            }
            if (end == at || end - at > 4) {
                return false;
            }
            groups[count++] = Integer.parseInt(text, at, end, 16);
            at = separatorEnd(text, end, to, gap >= 0);
            if (at < 0) {
                return false;
            }
            gap = at == end + 2 ? count : gap;
        }
        return at == to && to - from >= 2 && settle(groups, count, gap);
    }

    /** Where the next group begins behind a colon, or a double one that is the first; -1 when neither stands here. */
    private static int separatorEnd(String text, int at, int to, boolean gapSeen) {
        if (at == to) {
            return to;
        }
        if (text.charAt(at) != ':' || at + 1 == to) {
            return -1;
        }
        if (text.charAt(at + 1) != ':') {
            return at + 1;
        }
        return gapSeen ? -1 : at + 2;
    }

    private static int groupEnd(String text, int from, int to) {
        int at = from;
        while (at < to && Character.digit(text.charAt(at), 16) >= 0 && text.charAt(at) < 128) {
            at++;
        }
        return at;
    }

    /** Puts the two groups that end an address in dotted form. */
    private static boolean putV4(String text, int from, int to, int[] groups, int index, int gap) {
        int value = 0;
        int octet = 0;
        for (int at = from; at <= to; at++) {
            if (at == to || text.charAt(at) == '.') {
                value = (value << 8) | octet;
                octet = 0;
            } else {
                octet = octet * 10 + text.charAt(at) - '0';
            }
        }
        groups[index] = value >>> 16;
        groups[index + 1] = value & 0xffff;
        return settle(groups, index + 2, gap);
    }

    /** Puts the zeros that {@code ::} stands for where they belong; false when the count of groups does not fit. */
    private static boolean settle(int[] groups, int count, int gap) {
        if (gap < 0) {
            return count == GROUPS;
        }
        if (count == GROUPS) {
            return false;
        }
        int tail = count - gap;
        System.arraycopy(groups.clone(), gap, groups, GROUPS - tail, tail);
        Arrays.fill(groups, gap, GROUPS - tail, 0);
        return true;
    }

    private static String spell(int[] groups) {
        if (isMapped(groups)) {
            return (groups[6] >> 8) + "." + (groups[6] & 255) + "." + (groups[7] >> 8) + "." + (groups[7] & 255);
        }
        int from = longestZeros(groups);
        int to = from < 0 ? -1 : zerosEnd(groups, from);
        StringBuilder spelled = new StringBuilder(39);
        for (int at = 0; at < GROUPS; at++) {
            if (at == from) {
                spelled.append("::");
                at = to - 1;
            } else {
                if (at > 0 && at != to) {
                    spelled.append(':');
                }
                spelled.append(Integer.toHexString(groups[at]));
            }
        }
        return spelled.toString();
    }

    private static boolean isMapped(int[] groups) {
        return (groups[0] | groups[1] | groups[2] | groups[3] | groups[4]) == 0 && groups[5] == 0xffff;
    }

    /** Where the longest run of two or more zero groups begins, the first of equals, or -1. */
    private static int longestZeros(int[] groups) {
        int best = -1;
        int length = 1;
        for (int at = 0; at < GROUPS; at++) {
            int run = zerosEnd(groups, at) - at;
            if (run > length) {
                best = at;
                length = run;
            }
        }
        return best;
    }

    private static int zerosEnd(int[] groups, int from) {
        int at = from;
        while (at < GROUPS && groups[at] == 0) {
            at++;
        }
        return at;
    }
}
