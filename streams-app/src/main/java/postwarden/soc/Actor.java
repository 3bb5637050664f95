package postwarden.soc;

import java.util.Locale;
import java.util.Optional;
import postwarden.tally.Network;

/** What kind of name a subject bears, since receivers keep a field for each kind and refuse the wrong one. */
public final class Actor {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private Actor() {}

    /** The IP address that the text is; empty for a name, a range, or anything else. */
    public static Optional<Network> address(String text) {
        return text.indexOf('/') >= 0 ? Optional.empty() : Network.of(text);
    }

    /** Whether it is a domain name as RFC 1035 writes one, with two labels or more. */
    public static boolean isDomain(String text) {
        if (text.isEmpty()
                || text.length() > LONGEST_NAME
                || text.indexOf('.') < 0
                || address(text).isPresent()) {
            return false;
        }
        for (String label : text.toLowerCase(Locale.ROOT).split("\\.", -1)) {
            boolean fits = !label.isEmpty()
                    && label.length() <= LONGEST_LABEL
                    && label.chars().allMatch(Actor::isLabelCharacter)
                    && label.charAt(0) != '-'
                    && label.charAt(label.length() - 1) != '-';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is a mail address of the plain kind (RFC 5321, a dot-string at a domain). */
    public static boolean isMailbox(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && isDomain(text.substring(at + 1))
                && text.substring(0, at).chars().allMatch(Actor::isMailboxCharacter);
    }

    private static boolean isLabelCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static boolean isMailboxCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || ".!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }
}
