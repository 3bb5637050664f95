package postwarden.tally;

import java.net.IDN;
import java.util.Locale;
import postwarden.event.Event;
import postwarden.event.Field;

/**
 * Canonical names of accounts, senders and destinations. An empty text means: no entity. What cannot be an address (blanks,
 * control characters, too long) names nobody, so that no sentence of a stranger becomes a key.
 */
final class Addresses {
    /** Longest account name kept; guesses of a machine may be longer and are no account. */
    static final int ACCOUNT_LIMIT = 128;
    /** Longest address (RFC 5321, 4.5.3.1.3: 256 octets with its brackets). */
    static final int ADDRESS_LIMIT = 254;
    /** Longest domain (RFC 1035, 2.3.4). */
    static final int DOMAIN_LIMIT = 253;

    private Addresses() {}

    /** Who the event says logged in or submitted; a name without a domain is a person of that host. */
    static String account(Event event) {
        String account = event.text(Field.ACCOUNT, "");
        if (!isPlain(account, ACCOUNT_LIMIT)) {
            return "";
        }
        int at = account.lastIndexOf('@');
        return at < 0 ? lower(account) + '@' + lower(event.host()) : canonical(account, at);
    }

    /** The envelope sender, lower case; empty for the null sender and for what is no address. */
    static String sender(Event event) {
        String sender = event.text(Field.SENDER, "");
        int at = sender.lastIndexOf('@');
        return at > 0 && isPlain(sender, ADDRESS_LIMIT) ? canonical(sender, at) : "";
    }

    /** The recipient, lower case; empty for what is no address. */
    static String recipient(Event event) {
        String recipient = event.text(Field.RECIPIENT, "");
        int at = recipient.lastIndexOf('@');
        return at > 0 && isPlain(recipient, ADDRESS_LIMIT) ? canonical(recipient, at) : "";
    }

    /** The domain of the event's recipient; empty when it has none. */
    static String recipientDomain(Event event) {
        String recipient = event.text(Field.RECIPIENT, "");
        int at = recipient.lastIndexOf('@');
        if (at < 0 || recipient.length() - at - 1 > DOMAIN_LIMIT) {
            return "";
        }
        String domain = recipient.substring(at + 1);
        return isPlain(domain, DOMAIN_LIMIT) ? domain(domain) : "";
    }

    /** Lower case, the same text when it is already. */
    static String lower(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if ((c >= 'A' && c <= 'Z') || c > 127) {
                return text.toLowerCase(Locale.ROOT);
            }
        }
        return text;
    }

    private static String canonical(String address, int at) {
        if (isAscii(address)) {
            return lower(address);
        }
        return lower(address.substring(0, at)) + '@' + domain(address.substring(at + 1));
    }

    private static String domain(String domain) {
        String lower = lower(domain);
        String rooted = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        if (isAscii(rooted)) {
            return rooted;
        }
        try {
            return lower(IDN.toASCII(rooted, IDN.ALLOW_UNASSIGNED));
        } catch (IllegalArgumentException notADomain) {
            // Not a name that DNS could hold (RFC 3490): kept as it is, so that it is at least the same every time.
            return rooted;
        }
    }

    private static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) > 127) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(String text, int limit) {
        if (text.isEmpty() || text.length() > limit) {
            return false;
        }
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c <= ' ' || c == 127 || c == 0xFFFD) {
                return false;
            }
        }
        return true;
    }
}
