package postwarden.producer.sample;

import java.net.IDN;
import java.util.Locale;

/** The domain of a recipient: all of an address that may leave the host. */
final class Domain {
    /** An address without a domain: an account of this host. */
    static final String LOCAL = "(local)";

    /** What is no domain: a pipe, a file, or something that a stranger made up. */
    static final String ODD = "(other)";

    private static final int MOST = 253;
    private static final int FIRST_NOT_ASCII = 128;

    private Domain() {}

    static String of(String address) {
        // The last @, because a quoted local part may hold others; a domain cannot.
        int at = address.lastIndexOf('@');
        if (at < 0) {
            return isBare(address) ? LOCAL : ODD;
        }
        String domain = address.substring(at + 1);
        String bare = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        if (bare.isEmpty() || bare.length() > MOST) {
            return ODD;
        }
        String ascii = ascii(bare);
        return isBare(ascii) ? ascii.toLowerCase(Locale.ROOT) : ODD;
    }

    /** Of both spellings of an international domain the one that DNS knows. */
    private static String ascii(String domain) {
        if (domain.chars().allMatch(c -> c < FIRST_NOT_ASCII)) {
            return domain;
        }
        try {
            return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException notADomain) {
            return "";
        }
    }

    /** Letters, digits, and what stands in names and address literals. */
    private static boolean isBare(String text) {
        return !text.isEmpty() && text.length() <= MOST && text.chars().allMatch(Domain::isAllowed);
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.[]:".indexOf(c) >= 0;
    }
}
